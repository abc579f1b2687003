/**
 * What `hub conformance run` and `npm run conformance` take.
 */
import type { Command } from 'commander';

/** The options, read. */
export interface ConformanceFlags {
  readonly url?: string;
  readonly system?: string;
  readonly contract?: readonly string[];
  readonly key?: string;
  readonly exchangeKey?: string;
  readonly format: string;
  readonly out?: string;
  readonly only?: string;
}

/** @returns The command with the suite's options. */
export function withConformanceOptions(command: Command): Command {
  return command
    .option('--url <url>', '端点地址；不写则取 hub.json 的端口 address of the endpoint; default this folder’s hub.json')
    .option('--system <code>', '系统代码；不写则以端点自己所说为准 code of the system; default what the endpoint says')
    .option('--contract <names...>', '应当提供的契约；不写则看端点提供哪些 contracts it is held to; default those it serves')
    .option('--key <file>', '签名用的私钥（JWK 文件），检查签名时须有 private key (JWK) that signs; needed to audit signatures')
    .option(
      '--exchange-key <file>',
      '数据交换签名用的私钥（JWK 文件），检查数据流时须有 key (JWK) of the exchange; needed to audit the feed',
    )
    .option('--format <form>', '报告形式 form of the report: text | json | junit | html', 'text')
    .option('--out <file>', '报告写入文件，不写则到标准输出 file for the report; default stdout')
    .option('--only <ids>', '只查这些编号或类别，以逗号分隔 only these ids or families, separated by commas');
}
