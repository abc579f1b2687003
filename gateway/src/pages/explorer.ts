/** stub */
export const openExplorer = () => async () => ({ status: 200, headers: {}, body: '' });
