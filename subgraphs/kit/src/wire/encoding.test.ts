import { describe, expect, test } from 'vitest';

import { encodingOf } from './encoding.ts';

/** 公共资源 in GB18030. */
const gb = Buffer.from('b9abb9b2d7cad4b4', 'hex');
const utf8 = Buffer.from('公共资源');

describe('the encoding of a file', () => {
  test.each<[string, Buffer, string | undefined]>([
    ['nothing', Buffer.alloc(0), 'utf-8'],
    ['ASCII', Buffer.from('{}'), 'utf-8'],
    ['UTF-8', utf8, 'utf-8'],
    ['UTF-8 cut inside a character', utf8.subarray(0, 4), 'utf-8'],
    ['UTF-8 with one damaged byte', Buffer.concat([utf8, Buffer.from([0xff]), utf8]), 'utf-8'],
    ['GB18030', gb, 'gb18030'],
    ['GB18030 cut inside a character', gb.subarray(0, 5), 'gb18030'],
    ['a byte order mark', Buffer.concat([Buffer.from('efbbbf', 'hex'), gb]), 'utf-8'],
    ['UTF-16', Buffer.from('fffe3c00', 'hex'), undefined],
    ['declared GB2312', Buffer.concat([Buffer.from('<?xml version="1.0" encoding="GB2312"?>'), utf8]), 'gb18030'],
    ["declared 'utf-8'", Buffer.concat([Buffer.from("<?xml version='1.0' encoding='utf-8' ?>"), gb]), 'utf-8'],
    ['declared Big5', Buffer.from('<?xml version="1.0" encoding="Big5"?>'), undefined],
  ])('%s', (_, bytes, encoding) => expect(encodingOf(bytes)).toBe(encoding));
});
