import { startDemo, type Demo, type DemoOptions } from '../../../src/demo/demo';
import { generation } from './generation';
import { takeWindow } from './spare';
import type { Workbench } from './workbench';

/** A window that is connected to an instance of the run's generation, called Production, with the panel open. */
export async function openConnected(options: DemoOptions): Promise<{ workbench: Workbench; demo: Demo }> {
  const demo = await startDemo({ generations: [generation], ...options });
  const workbench = await takeWindow({ 'collibraJobs.activeInterval': 1 });
  await connect(workbench, demo);
  await workbench.openContainer('Collibra Jobs');
  await workbench.tree().row('Running').waitFor();
  return { workbench, demo };
}

/** Connects a window to an instance called Production. */
export async function connect(workbench: Workbench, demo: Demo): Promise<void> {
  await workbench.evaluate(
    (vscode, { url, token }) =>
      vscode.commands.executeCommand('collibraJobs.connect', {
        name: 'Production',
        url,
        auth: { kind: 'bearer', token },
      }),
    { url: demo.url, token: demo.token },
  );
}
