#!/usr/bin/env node
import { main } from '@memx/integrations/cli';

await main(process.argv);
