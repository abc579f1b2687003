/**
 * PROJECT, TENDER_PROJECT, SECTION: what is undertaken, tendered and let in lots.
 * @see standard/datasets.json 500–502
 */
import { regionPath } from '@hub/schema';

import { type Draft, draft, yuan } from '../draft.ts';
import type { LotPlan } from '../plan-lot.ts';
import type { ProjectPlan } from '../plan-project.ts';
import type { Setting } from '../setting.ts';
import { dateStamp, dayS, stamp } from '../wall-clock.ts';
import { amountOf, codesOf, leadClient, legalPerson, namesOf, no, phone, renminbi, roles, type Story, yes } from './references.ts';

export function projectRecord({ setting, project }: { readonly setting: Setting; readonly project: ProjectPlan }): Draft {
  const [client] = project.clients;
  const asset = project.index % 5 !== 4;
  const date = dateStamp(project.createdAt);
  const place = regionPath(setting.province, project.region.code)
    .slice(0, -1)
    .map((region) => region.name)
    .toReversed()
    .join('');
  return draft('PROJECT', project.createdAt, {
    PROJECT_CODE: project.code,
    PROJECT_NAME: project.name,
    REGION_CODE: project.city.code,
    RELATE_CODE: asset ? yes : no,
    INVEST_PROJECT_CODE: asset ? `${date.slice(2, 6)}-${project.region.code}-04-01-${String(100_000 + project.index)}` : undefined,
    ADDRESS: place,
    LEGAL_PERSON: client?.name,
    CLASS_VER_CODE: '2',
    INDUSTRIES_TYPE: project.works.industry,
    FUND_SOURCE: project.index % 3 === 0 ? '财政资金及企业自筹' : '财政资金',
    CONTRIBUTION_SCALE: project.index % 3 === 0 ? '财政 60%，自筹 40%' : '财政 100%',
    PROJECT_SCALE: `估算总投资约 ${Math.round(project.estimateFen / 1_000_000)} 万元，具体以批复为准。`,
    CONTACTOR: `${setting.names.surnames[project.index % setting.names.surnames.length]}工`,
    CONTACT_INFORMATION: phone(project.code),
    APPROVAL_NAME: `关于${project.name}可行性研究报告的批复`,
    APPROVAL_NUMBER: `示发改〔${date.slice(0, 4)}〕${100 + (project.index % 800)}号`,
    APPROVAL_AUTHORITY: `${project.city.name}${setting.names.example}发展和改革局`,
    CREATE_TIME: stamp(project.createdAt),
    OPERATION_NAME: '演示录入员',
  });
}

export function tenderProjectRecord({ setting, project, tender }: Story): Draft {
  const { agency, clients, lots } = tender;
  const client = leadClient(tender);
  return draft('TENDER_PROJECT', tender.schedule.tender, {
    PROJECT_CODE: project.code,
    TENDER_PROJECT_CODE: tender.code,
    TENDER_SELF_CODE: ownCode(tender.code),
    IS_TO_LAW: yes,
    TENDER_PROJECT_NAME: tender.name,
    TENDER_PROJECT_TYPE: tender.works.class,
    REGION_CODE: project.city.code,
    TENDER_CONTENT: `${tender.name}，共 ${lots.length} 个标段，范围以招标文件为准。`,
    OWNER_NAME: client.name,
    TENDERER_NAME: namesOf(clients),
    TENDERER_CODE_TYPE: clients.map(() => legalPerson).join(';'),
    TENDERER_CODE: codesOf(clients),
    ISUNION: clients.length > 1 ? yes : no,
    TENDERER_ROLE: roles.tenderer,
    TENDER_AGENCY_NAME: agency?.name,
    TENDER_AGENCY_CODE_TYPE: agency === undefined ? undefined : legalPerson,
    TENDER_AGENCY_CODE: agency?.creditCode,
    TENDER_AGENCY_ROLE: agency === undefined ? undefined : roles.agency,
    TENDER_MODE: tender.invited ? '2' : '1',
    TENDER_ORGANIZE_FORM: agency === undefined ? '1' : '2',
    CREATE_TIME: stamp(tender.schedule.tender),
    SUPERVISE_DEPT_NAME: `${project.city.name}${setting.names.example}${setting.names.supervisors[project.index % setting.names.supervisors.length]}`,
    APPROVE_DEPT_NAME: `${project.city.name}${setting.names.example}发展和改革局`,
    REPORT_DUTY: '某申报',
    TENDERER_REGION_CODE: client.region,
    TENDERER_PROPERTY: client.nature,
    TENDER_AGENCY_REGION_CODE: agency?.region,
    TENDER_AGENCY_PROPERTY: agency?.nature,
    OPERATION_NAME: '演示录入员',
    TRADE_SYSTEM_NO: `DEMO${setting.system.region}01`,
    TRADE_SYSTEM_FEE: yuan(100_000),
  });
}

export function sectionRecord({ setting, tender }: Story, lot: LotPlan): Draft {
  const estimate = amountOf(lot, lot.estimateFen);
  return draft('SECTION', tender.schedule.tender, {
    TENDER_PROJECT_CODE: tender.code,
    BID_SECTION_CODE: lot.code,
    BID_SECTION_NAME: lot.name,
    BID_ECTION_NUM: 1,
    UNIFIED_DEAL_CODE: lot.dealCode,
    BID_TENDER_MODE: tender.invited ? '2' : '1',
    REGION_CODE: tender.region.code,
    TRA_PLACE_CODE: setting.system.region,
    BID_SECTION_CONTENT: `${lot.name}，计划工期 ${tender.schedule.termDays} 天。`,
    TENDER_PROJECT_CLASSIFY_CODE: tender.lotClass,
    CONTRACT_RECKON_PRICE: estimate.amount,
    CURRENCY_CODE: renminbi,
    PRICE_UNIT: estimate.unit,
    BID_QUALIFICATION: '具有独立法人资格，持有有效的营业执照和相应资质证书，未被列入失信名单。',
    BEGIN_DATE: dateStamp(tender.schedule.contract + 14 * dayS),
    LIMITE_TIME: tender.schedule.termDays,
    CREATE_TIME: stamp(tender.schedule.tender),
  });
}

/** @returns The number a client gives its tender, derived from the code. */
export function ownCode(tenderCode: string): string {
  return `SL-${tenderCode.slice(7, 20)}`;
}
