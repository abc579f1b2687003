/**
 * The law's own contracts, in which no field is required and codes are plain text: a test names the fields it is about, and no others.
 */
import { type Contract, type Field, type RuleBook, type WireField, law, readRuleBook } from '@hub/schema';

/** @returns The contracts. */
export function lenientContracts(): readonly Contract[] {
  return law().contracts.map(({ contract }) => ({
    ...contract,
    datasets: contract.datasets.map((dataset) => ({ ...dataset, fields: dataset.fields.map(lenient) })),
  }));
}

function lenient(field: Field): Field {
  return { ...field, nonNull: false, wire: field.wire.map(lenientWire) };
}

/** Codes may be as short as a test likes. */
function lenientWire(wire: WireField): WireField {
  const free = wire.id === undefined ? {} : { id: undefined, type: 'C..200' };
  return { ...wire, required: false, requiredWhen: undefined, ...free };
}

const tenderProject = { dataset: 'TENDER_PROJECT', field: 'TENDER_PROJECT_CODE' };
const project = { dataset: 'PROJECT', field: 'PROJECT_CODE', scope: 'PROVINCE' };

/** Sections want their tender project, and tender projects their project, for three days; projects in the whole province. */
export function parentRules(): RuleBook {
  const rule = (said: object): object => ({
    kind: 'PARENT_EXISTS',
    waitHours: 72,
    validFrom: '2018-09-01',
    validUntil: null,
    zh: '上级记录尚未报送。',
    en: 'Its parent has not been sent.',
    source: 'test',
    passes: { fields: {} },
    fails: { fields: {} },
    ...said,
  });
  const file = {
    contract: 'construction',
    rules: [
      rule({ id: 'TEST_SECTION_PARENT', dataset: 'SECTION', of: tenderProject, severity: 'refusal' }),
      rule({ id: 'TEST_TENDER_PROJECT_PARENT', dataset: 'TENDER_PROJECT', of: project, severity: 'warning' }),
    ],
  };
  const { contracts, codes } = law();
  return readRuleBook(
    [file],
    contracts.map(({ contract }) => contract),
    codes,
  );
}
