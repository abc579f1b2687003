/**
 * Runs an audit on the feed, where there is one that answers.
 */
import type { Audit } from '../../audit.ts';
import type { Judge } from '../../judge.ts';
import { type Feed, feedFault } from '../../subject/feed.ts';
import type { Subject } from '../../subject/subject.ts';

/** What an audit of the feed works with. */
export interface FeedAudited {
  readonly feed: Feed;
  readonly judge: Judge;
  readonly subject: Subject;
}

/** @returns The run of an audit; where there is no feed it says so and judges nothing. */
export function onFeed(run: (audited: FeedAudited) => Promise<void>): Audit['run'] {
  return async (subject, judge) => {
    const state = await subject.feed();
    if ('absent' in state) judge.nothing(state.absent);
    else await run({ feed: state.feed, judge, subject });
  };
}

/** Judges that a request is refused in one way. */
export async function refuses({ feed, judge }: FeedAudited, request: unknown, code: string): Promise<void> {
  const body = typeof request === 'string' ? request : JSON.stringify(request);
  const answer = await feed.endpoint.post(body);
  const refused = answer.status >= 400 && answer.errors.some((error) => error.code === code);
  judge.check(refused, () => feedFault(request, answer, code));
}
