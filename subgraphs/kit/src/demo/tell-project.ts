/**
 * Tells a project's life as wire records in the order in which they happen, up to today: keys, platform fields and dirt are
 * put on here, the same way for every dataset.
 * @see standard/exchange.md 3, 4
 */
import type { WireRecord } from '@hub/schema';

import { type Draft, datasetNumbers } from './draft.ts';
import type { DirtKind } from './dirt/dirt-table.ts';
import { type Spoilt, spoilerOf } from './dirt/spoil.ts';
import type { ProjectPlan } from './plan-project.ts';
import { platformFields, senderKey } from './platform-fields.ts';
import { awardRecords, candidateNoticeRecords } from './records/award.ts';
import { bidRecords } from './records/bid.ts';
import { documentRecords, inquiryRecords } from './records/document.ts';
import { abnormalityRecords, attachmentRecords } from './records/ending.ts';
import { evaluationRecords, openingRecords } from './records/evaluation.ts';
import { noticeRecords } from './records/notice.ts';
import { invitationRecords, prequalificationRecords } from './records/prequalification.ts';
import { projectRecord, sectionRecord, tenderProjectRecord } from './records/project.ts';
import type { Story } from './records/references.ts';
import type { Setting } from './setting.ts';

/** A generated record; `dirt` says what is wrong with it on purpose and is not sent. */
export interface DemoRecord extends WireRecord {
  readonly dirt: readonly DirtKind[];
}

/** @returns The records of a project that have happened before today: a parent always before its children. */
export function tellProject(setting: Setting, project: ProjectPlan): readonly DemoRecord[] {
  const spoil = spoilerOf(project, setting.seed);
  return draftsOf(setting, project)
    .map((draft, ordinal) => ({ draft, ordinal }))
    .toSorted((a, b) => a.draft.at - b.draft.at || a.ordinal - b.ordinal)
    .filter(({ draft }) => draft.at < setting.today)
    .flatMap(({ draft, ordinal }) => {
      const fields = withPlatform(setting, project, { draft, ordinal });
      return recordsOf(draft, spoil(draft.dataset, fields, ordinal), { setting, project, ordinal });
    });
}

function draftsOf(setting: Setting, project: ProjectPlan): readonly Draft[] {
  return [projectRecord({ setting, project }), ...project.tenders.flatMap((tender) => draftsOfTender({ setting, project, tender }))];
}

function draftsOfTender(story: Story): readonly Draft[] {
  const { lots } = story.tender;
  const calledOff = lots.every((lot) => lot.outcome === 'TERMINATED' || lot.outcome === 'WITHDRAWN');
  const endings = lots.flatMap((lot) => abnormalityRecords(story, lot));
  // Nothing follows the end of a tender that was called off.
  const end = calledOff ? Math.max(...endings.map((ending) => ending.at)) : Infinity;
  return [...stepsOf(story), ...endings].filter((draft) => draft.at <= end);
}

function stepsOf(story: Story): readonly Draft[] {
  const { lots } = story.tender;
  return [
    tenderProjectRecord(story),
    ...lots.map((lot) => sectionRecord(story, lot)),
    ...prequalificationRecords(story),
    ...noticeRecords(story),
    ...invitationRecords(story),
    ...documentRecords(story),
    ...attachmentRecords(story),
    ...inquiryRecords(story),
    ...lots.flatMap((lot) => bidRecords(story, lot)),
    ...openingRecords(story),
    ...lots.flatMap((lot) => evaluationRecords(story, lot)),
    ...candidateNoticeRecords(story),
    ...lots.flatMap((lot) => awardRecords(story, lot)),
  ];
}

interface Place {
  readonly setting: Setting;
  readonly project: ProjectPlan;
  /** Position of the record in the project's plan: the same however much of it has happened. */
  readonly ordinal: number;
}

function withPlatform(
  { province }: Setting,
  { platform }: ProjectPlan,
  { draft, ordinal }: { readonly draft: Draft; readonly ordinal: number },
): Draft['fields'] {
  if (draft.dataset === 'PROJECT_ATTACHMENTS') return draft.fields;
  return { ...draft.fields, ...platformFields(province, platform, { at: draft.at, ordinal }) };
}

function recordsOf(draft: Draft, { fields, dirt, keyless, twin }: Spoilt, place: Place): readonly DemoRecord[] {
  const record = (key: string | undefined, kinds: readonly DirtKind[]): DemoRecord => ({
    dataset: draft.dataset,
    dataKey: key,
    op: 'put',
    fields,
    dirt: kinds,
  });
  const key = dataKey(draft, place);
  if (!twin) return [record(keyless ? undefined : key, dirt)];
  const last = dirt.at(-1);
  return [record(key, dirt.slice(0, -1)), record(`${key}R`, last === undefined ? [] : [last])];
}

function dataKey(draft: Draft, { setting, project, ordinal }: Place): string {
  const serial = String(project.index * 1000 + ordinal).padStart(6, '0');
  return senderKey(setting.system.region, datasetNumbers[draft.dataset], { at: draft.at, serial });
}
