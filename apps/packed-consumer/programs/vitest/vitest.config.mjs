import { memx } from '@memx/integrations/vitest';
import { defineConfig } from 'vitest/config';

export default defineConfig({ plugins: [memx()] });
