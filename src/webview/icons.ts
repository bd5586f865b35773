import bell from '@vscode/codicons/src/icons/bell.svg';
import bellSlash from '@vscode/codicons/src/icons/bell-slash.svg';
import circleSlash from '@vscode/codicons/src/icons/circle-slash.svg';
import watch from '@vscode/codicons/src/icons/watch.svg';
import diff from '@vscode/codicons/src/icons/diff.svg';
import ellipsis from '@vscode/codicons/src/icons/ellipsis.svg';
import exportIcon from '@vscode/codicons/src/icons/export.svg';
import json from '@vscode/codicons/src/icons/json.svg';
import link from '@vscode/codicons/src/icons/link.svg';
import linkExternal from '@vscode/codicons/src/icons/link-external.svg';
import copy from '@vscode/codicons/src/icons/copy.svg';
import error from '@vscode/codicons/src/icons/error.svg';
import info from '@vscode/codicons/src/icons/info.svg';
import pass from '@vscode/codicons/src/icons/pass.svg';
import question from '@vscode/codicons/src/icons/question.svg';
import refresh from '@vscode/codicons/src/icons/refresh.svg';
import stopCircle from '@vscode/codicons/src/icons/stop-circle.svg';
import sync from '@vscode/codicons/src/icons/sync.svg';
import warning from '@vscode/codicons/src/icons/warning.svg';

/** The codicons of the page by VS Code's names for them, as SVG in the colour of the text around them. */
export const icons = {
  bell,
  'bell-slash': bellSlash,
  'circle-slash': circleSlash,
  watch,
  copy,
  diff,
  ellipsis,
  export: exportIcon,
  json,
  link,
  'link-external': linkExternal,
  error,
  info,
  pass,
  question,
  refresh,
  'stop-circle': stopCircle,
  sync,
  warning,
} as const;

export type IconName = keyof typeof icons;
