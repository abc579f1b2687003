/**
 * A source's own failure in the hub's words; user and password are never told.
 */
import { HubError } from '@hub/schema';

/** @param place - Which source, without credentials. */
export function sourceFault(place: string, cause: unknown): HubError {
  if (cause instanceof HubError) return cause;
  const code = cause instanceof Error && 'code' in cause ? `${String(cause.code)} ` : '';
  const reason = `${code}${cause instanceof Error ? cause.message : String(cause)}`;
  return new HubError('DATABASE_UNREACHABLE', {
    zh: `读不了来源数据库 ${place}：${reason}。`,
    en: `The source database ${place} cannot be read: ${reason}.`,
    cause,
  });
}

/** @returns Host and database of an address. @throws HubError CONFIG_INVALID when it is none; it is not quoted, for it may hold a password. */
export function sourcePlace(address: string, variable: string): string {
  if (!URL.canParse(address)) {
    throw new HubError('CONFIG_INVALID', {
      zh: `环境变量 ${variable} 应为 协议://用户:密码@主机:端口/库名。`,
      en: `The environment variable ${variable} must be protocol://user:password@host:port/database.`,
    });
  }
  const { host, pathname } = new URL(address);
  return `${host}${pathname}`;
}

/** SQLSTATE classes of a connection or a server, not of a statement: connection, login, database, resources, operator. */
const ofTheServer = /^(08|28|3D|53|57|58)/;

/** Whether a fault is of one view or statement, so that the other views of the source can still be read. */
export function isOfOneView(fault: unknown): fault is HubError {
  if (!(fault instanceof HubError)) return false;
  if (fault.code !== 'DATABASE_UNREACHABLE') return fault.code === 'CONFIG_INVALID' || fault.code === 'SYSTEM_FAILED';
  const { cause } = fault;
  if (!(cause instanceof Error)) return false;
  // MySQL tells the state beside a code of its own, PostgreSQL as its code.
  const state = 'sqlState' in cause ? cause.sqlState : 'code' in cause ? cause.code : undefined;
  return typeof state === 'string' && /^[0-9A-Z]{5}$/.test(state) && !ofTheServer.test(state);
}
