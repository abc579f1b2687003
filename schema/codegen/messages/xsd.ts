/**
 * The XSD 1.0 of a contract's messages, and the door of each dataset. XSD 1.0 cannot choose the content of CONTEXT by what
 * TITLE says, so each dataset has a door of its own, which includes the contract's types.
 * @see PROTOCOL.md 6; XML Schema part 1, 3.8.6 «Element Declarations Consistent»
 */
import type { Contract } from '../../src/contract.ts';
import type { FieldForm, MessageForm } from './message-form.ts';
import type { ValueForm } from './value-form.ts';

const head = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- 由契约生成（npm run generate），勿改。Generated from the contract. -->\n';
const open = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="unqualified">\n';

/** @returns The types: one for each dataset's CONTEXT, and those of its values. */
export function contractXsd({ title, name, version, edition }: Contract, forms: readonly MessageForm[]): string {
  const values = new Map(forms.flatMap(({ fields }) => fields.map(({ value }) => [value.name, value] as const)));
  return [
    head,
    open,
    annotation(`${title}（${name}@${version}，${edition}）的报文内容。不能说的见 PROTOCOL.md 6。`, '  '),
    ...forms.map(contextType),
    ...[...values.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)).flatMap((form) => [required(form), optional(form)]),
    '  <xs:simpleType name="Blank">\n    <xs:restriction base="xs:token">\n      <xs:length value="0"/>\n    </xs:restriction>\n  </xs:simpleType>\n',
    '  <xs:simpleType name="NotBlank">\n    <xs:restriction base="xs:string">\n      <xs:pattern value="[\\s\\S]*\\S[\\s\\S]*"/>\n    </xs:restriction>\n  </xs:simpleType>\n',
    '  <xs:complexType name="Passed.over">\n    <xs:sequence>\n      <xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/>\n    </xs:sequence>\n  </xs:complexType>\n',
    '</xs:schema>\n',
  ].join('');
}

/** @returns The schema of one dataset's messages: add and modify. Withdrawals are judged by message.xsd. */
export function datasetXsd(contract: Contract, { dataset, description, key }: MessageForm): string {
  return `${head}${open}${annotation(`${description} 新增与修改；撤销的形式见 message.xsd。Withdrawals: message.xsd.`, '  ')}  <xs:include schemaLocation="../${contract.name}.xsd"/>
  <xs:element name="DES">
    <xs:complexType>
      <xs:all>
        <xs:element name="TITLE">
          <xs:complexType>
            <xs:all>
              <xs:element name="DATA_EN">
                <xs:simpleType>
                  <xs:restriction base="xs:token">
                    <xs:enumeration value="${escape(dataset)}"/>
                  </xs:restriction>
                </xs:simpleType>
              </xs:element>
              <xs:element name="DATA_TYPE">
                <xs:simpleType>
                  <xs:restriction base="xs:token">
                    <xs:enumeration value="1"/>
                    <xs:enumeration value="2"/>
                  </xs:restriction>
                </xs:simpleType>
              </xs:element>
              <xs:element name="DATA_KEY" ${key.length === 0 ? 'type="NotBlank"' : 'type="xs:string" minOccurs="0"'}/>
${['DATA_CN', 'DATA_NO', 'CA_KEY', 'ROUTE_WAY'].map((name) => `              <xs:element name="${name}" type="xs:string" minOccurs="0"/>\n`).join('')}            </xs:all>
          </xs:complexType>
        </xs:element>
        <xs:element name="CONTEXT" type="${escape(dataset)}.context"/>
        <xs:element name="FILECONTEXT" type="Passed.over" minOccurs="0"/>
      </xs:all>
    </xs:complexType>
  </xs:element>
</xs:schema>
`;
}

function contextType({ dataset, description, fields }: MessageForm): string {
  return `  <xs:complexType name="${escape(dataset)}.context">\n${annotation(description, '    ')}    <xs:all>\n${fields.map(element).join('')}    </xs:all>\n  </xs:complexType>\n`;
}

function element({ code, value, required: must, documentation }: FieldForm): string {
  const type = must ? value.name : `${value.name}.optional`;
  return `      <xs:element name="${escape(code)}" type="${escape(type)}"${must ? '' : ' minOccurs="0"'}>\n${annotation(documentation, '        ')}      </xs:element>\n`;
}

function required(form: ValueForm): string {
  // Blanks around numbers, dates, codes and fixed lengths are passed over, as the reader does.
  const collapses = form.values !== undefined || form.length !== undefined || (form.pattern !== undefined && !form.name.endsWith('.list'));
  return `  <xs:simpleType name="${escape(form.name)}">\n    <xs:restriction base="${collapses ? 'xs:token' : 'NotBlank'}">\n${facets(form)}    </xs:restriction>\n  </xs:simpleType>\n`;
}

function optional({ name }: ValueForm): string {
  return `  <xs:simpleType name="${escape(name)}.optional">\n    <xs:union memberTypes="${escape(name)} Blank"/>\n  </xs:simpleType>\n`;
}

function facets({ values, pattern, length, maxLength }: ValueForm): string {
  const enumerated = [...(values ?? [])].map(
    ([code, label]) => `      <xs:enumeration value="${escape(code)}">\n${annotation(label, '        ')}      </xs:enumeration>\n`,
  );
  return [
    ...(pattern === undefined ? [] : [`      <xs:pattern value="${escape(pattern)}"/>\n`]),
    ...(length === undefined ? [] : [`      <xs:length value="${length}"/>\n`]),
    ...(maxLength === undefined ? [] : [`      <xs:maxLength value="${maxLength}"/>\n`]),
    ...enumerated,
  ].join('');
}

function annotation(text: string, indent: string): string {
  return `${indent}<xs:annotation>\n${indent}  <xs:documentation>${escape(text)}</xs:documentation>\n${indent}</xs:annotation>\n`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
