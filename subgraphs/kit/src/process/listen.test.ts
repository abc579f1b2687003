import { createServer } from 'node:net';

import { expect, test } from 'vitest';

import { listenOn } from './listen.ts';

test('a port in use is refused in one line that names it and the way out', async () => {
  const first = createServer();
  const port = await listenOn(first, 0);
  await expect(listenOn(createServer(), port)).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    message: `端口 ${port} 已被其他程序占用，请结束该程序，或用 HUB_PORT 指定其他端口。`,
    messageEn: `Port ${port} is in use by another program; end it, or set HUB_PORT to another port.`,
  });
  await new Promise((resolve) => first.close(resolve));
});
