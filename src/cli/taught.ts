/**
 * A command that teaches: its help ends in examples, and what it does not understand it answers with the nearest right thing.
 */
import { type Command, type CommanderError, Help, type Option } from 'commander';
import { type Lessons, lessonsInWords } from './lessons.js';
import { nearest } from './nearest.js';
import { Refusal } from './refusal.js';
import { width } from './terminal.js';
import { wrapped } from './wrapped.js';

/** `command`, with lessons below its help, and refusals in our words. */
export function taught(command: Command, lessons: Lessons): Command {
  return command
    .helpOption('-h, --help', 'print this')
    .configureHelp({ formatItem, minWidthToWrap: LEAST })
    .addHelpText('after', () => lessonsInWords(lessons))
    .configureOutput({ outputError: () => undefined })
    .exitOverride((error) => {
      // Help and version were asked for, and printed; asked for by doing nothing, they are a refusal.
      if (error.exitCode === 0) process.exit(0);
      throw new Refusal(error.code === 'commander.help' ? 'which command? They are listed above' : explained(command, error));
    });
}

/** A flag and what it does beside it, or below it where that would be a column of single words. */
function formatItem(this: Help, term: string, termWidth: number, description: string, help: Help): string {
  const columns = help.helpWidth ?? width();
  if (columns - termWidth >= LEAST_BESIDE) return Help.prototype.formatItem.call(help, term, termWidth, description, help);
  return `  ${term}\n      ${wrapped(description, 6)}`;
}

/** Columns. */
const LEAST_BESIDE = 45;
const LEAST = 20;

function explained(command: Command, { code, message }: CommanderError): string {
  const given = /'([^']*)'/.exec(message)?.[1] ?? '';
  const seeHelp = `\n  ${[command.parent?.name(), command.name(), '--help'].filter(Boolean).join(' ')}`;
  switch (code) {
    case 'commander.unknownOption':
      return `there is no flag ${given}\n${nearestFlag(command, given)}${seeHelp} lists them all`;
    case 'commander.unknownCommand':
    case 'commander.excessArguments':
      return unexpected(command, given) + seeHelp;
    case 'commander.missingArgument':
      return `what is missing is <${given}>: ${command.registeredArguments.find((each) => each.name() === given)?.description ?? ''}${seeHelp} has examples`;
    case 'commander.optionMissingArgument':
      return `${given} needs a value: ${flagCalled(command, given)?.description ?? ''}`;
    default:
      return message.replace(/^error: (option )?/, '');
  }
}

function nearestFlag(command: Command, given: string): string {
  const flags = command.createHelp().visibleOptions(command);
  const long = nearest(
    given,
    flags.map((flag) => flag.long ?? ''),
  );
  const flag = flags.find((each) => long !== undefined && each.long === long);
  return flag === undefined ? '' : `  The nearest is ${flag.flags}: ${flag.description}`;
}

function unexpected(command: Command, given: string): string {
  if (command.commands.length === 0) return `too much: ${command.name()} takes ${command.registeredArguments.length || 'no'} argument(s)`;
  const name = nearest(
    given,
    command.commands.map((each) => each.name()),
  );
  const found = command.commands.find((each) => each.name() === name);
  return `there is no command '${given}'${found === undefined ? '' : `\n  The nearest is ${name}: ${found.description()}`}`;
}

function flagCalled(command: Command, flags: string): Option | undefined {
  return command.options.find((option) => option.flags === flags);
}
