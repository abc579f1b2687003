/**
 * The README of a new system's folder: what each file is, and what comes next. Pure.
 * @see subgraphs/GUIDE.md
 */
import type { DatabaseKind } from './found-table.ts';

/** What it tells of. */
export interface ReadmeFacts {
  readonly system: string;
  readonly name: string;
  readonly variable: string;
  readonly kind: DatabaseKind;
}

/** @returns Markdown, Chinese first. */
export function folderReadme({ system, name, variable, kind }: ReadmeFacts): string {
  const client = kind === 'postgres' ? `psql "$${variable}" -f views.sql` : 'mysql … < views.sql';
  return `# ${name} · ${system}

| 文件 file | 用途 use |
|---|---|
| \`hub.json\` | 本目录的设置。 *Settings.* |
| \`views.sql\` | 在自己的库里建的视图：补全后执行 \`${client}\`。 *Views to be made in your database: complete them, then run them.* |
| \`bridge.json\` | 视图的列 → 标准的字段。 *Columns of the views → fields of the standard.* |
| \`registration.json\` | 交给省枢纽运维登记，内有公钥。 *For the province’s operator; holds the public key.* |
| \`system-key.json\` | 本系统的私钥：不外传，不入版本库。 *The private key: never handed on, never committed.* |

\`\`\`sh
hub bridge check                       # 逐行检查 row by row
hub dev                                # 在本机的省里试运行 a province on this machine
hub conformance run                    # 合规检查 conformance
hub system check                       # 发布前的检查 checks before publishing
hub serve                              # 正式运行 in service
hub system publish --endpoint https://…/graphql
\`\`\`

库的地址在环境变量 \`${variable}\` 中，请用只读用户；它只被读取，绝不被写入。
*The address of the database is in the variable \`${variable}\`; use a user who may only read. It is read, never written to.*
`;
}
