#!/usr/bin/env node
import { runProgram } from './program.ts';
import { goOnUnread } from './unread-output.ts';

goOnUnread();
process.exitCode = await runProgram(process.argv.slice(2));
