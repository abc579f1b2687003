/**
 * A contract says what it is: its name, version, edition of the standard and Chinese title.
 * @see schema/directives.graphql @contract
 */
import type { Lint } from '../lint.ts';

const nameForm = /^[a-z][a-z0-9-]*$/;
const versionForm = /^\d+\.\d+\.\d+$/;

export const contractHead: Lint = {
  code: 'CONTRACT_HEAD',
  find: ({ contracts }) =>
    contracts
      .filter(({ contract: { name, version, edition, title } }, index) => {
        const first = contracts.findIndex((other) => other.contract.name === name) === index;
        return !first || !nameForm.test(name) || !versionForm.test(version) || edition === '' || title === '';
      })
      .map(({ contract, head }) => ({
        contract: contract.name,
        type: '',
        node: head,
        zh: '@contract 须写明：name 全省唯一、小写字母开头（也是子图名和系统登记时用的名字）；version 形如 1.0.0；edition 所依标准的版次；title 中文名称。请补正。',
        en: "@contract must give: name, unique, lower case (it is the subgraph's name and what systems register for); version like 1.0.0; edition of the standard; title in Chinese. Correct it.",
      })),
};
