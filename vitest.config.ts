import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{bin,schema,gateway,subgraphs,tests}/**/*.test.ts'],
  },
})
