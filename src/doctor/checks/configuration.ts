import type { Check } from '../check.ts';
import { about, failed, ok } from '../finding.ts';
import type { Setting } from '../setting.ts';

/** Whether the processes would start with these variables: all their problems at once. */
export const configuration: Check = {
  title: 'Configuration',
  async look({ setting }) {
    return decide(setting).map((finding) => about('configuration', finding));
  },
};

function decide({ problems, processes }: Setting) {
  if (problems.length === 0) return [ok(`${processes.join(' and ')} can start with it`)];
  return problems.map(({ variable, problem, remedy }) => failed(`${variable}: ${problem}`, remedy));
}
