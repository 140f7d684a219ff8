export const healthExample = { status: 'ok', version: '1.0.0' } as const;
export const readyExample = { status: 'ready' } as const;
