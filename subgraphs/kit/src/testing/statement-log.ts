/**
 * Listens to the statements a test sends, to count them or to ask the database how it would run them.
 */
import { CompiledQuery, type Kysely, type KyselyPlugin, sql } from 'kysely';

/** A connection pool whose statements are kept. */
export interface StatementLog {
  readonly db: Kysely<unknown>;
  /** Texts in the order they were sent. */
  readonly statements: readonly CompiledQuery[];
}

/** Listens to `db`. */
export function logStatements(db: Kysely<unknown>): StatementLog {
  const statements: CompiledQuery[] = [];
  const listener: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      statements.push(db.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return { db: db.withPlugin(listener), statements };
}

/** @returns The plan of a statement, as text. */
export async function planOf(db: Kysely<unknown>, statement: CompiledQuery): Promise<string> {
  const explained = await db.executeQuery<{ readonly 'QUERY PLAN': string }>(
    CompiledQuery.raw(`explain ${statement.sql}`, [...statement.parameters]),
  );
  return explained.rows.map((row) => row['QUERY PLAN']).join('\n');
}

/** Brings the planner's statistics up to date. */
export async function analyze(db: Kysely<unknown>): Promise<void> {
  await sql`vacuum analyze`.execute(db);
}
