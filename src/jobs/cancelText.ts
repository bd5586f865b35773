import { t } from '@vscode/l10n';
import { jobTitle, oneLine } from './format';
import type { Job } from './job';
import type { Cancel, CancelStage } from './state';

const longestTitle = 80;

/** A stage with what a person reads of it: a few words for the row, a sentence for the page. */
export function spoken(stage: CancelStage): Cancel {
  const [words, sentence] = texts(stage);
  return { ...stage, words, sentence };
}

/** How a cancel ended, and of which job; undefined while it hasn't. The status bar cuts off what is long. */
export function ending(
  stage: CancelStage,
  job: Pick<Job, 'id' | 'name' | 'type'>,
  instance: string,
): string | undefined {
  const title = oneLine(jobTitle(job), longestTitle);
  switch (stage.kind) {
    case 'canceled':
      return t('Canceled on {0}: {1}', instance, title);
    case 'finishedFirst':
      return t('Finished before the cancel on {0}: {1}', instance, title);
    case 'refused':
      return t('"{0}" on {1} was not canceled. {2}', title, instance, stage.reason);
    default:
      return undefined;
  }
}

function texts(stage: CancelStage): readonly [words: string, sentence: string] {
  switch (stage.kind) {
    case 'asked':
      return [t('asking to cancel'), t('The cancel was sent. The instance has not answered yet.')];
    case 'accepted':
      return [
        t('cancel accepted'),
        t('The cancel was accepted. The job goes on until the instance stops it.'),
      ];
    case 'canceling':
      return [t('being stopped'), t('The instance is stopping this job.')];
    case 'stillRunning':
      return [
        t('not stopped yet'),
        t('The cancel was accepted more than a minute ago, and the job still has not stopped.'),
      ];
    case 'unanswered':
      return [
        t('cancel not answered'),
        stage.open
          ? t('The cancel was not answered. Whether it arrived is being looked up.')
          : t('The cancel was not answered, and the job goes on. Cancel it again if you still want to.'),
      ];
    case 'canceled':
      return [t('canceled on request'), t('The job was canceled as you asked.')];
    case 'finishedFirst':
      return [t('finished before the cancel'), t('The job finished before it could be canceled.')];
    case 'refused':
      return [t('cancel refused'), t('The cancel was refused. {0}', stage.reason)];
  }
}
