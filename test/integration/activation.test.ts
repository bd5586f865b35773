import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('activation', () => {
  it('happens by itself after VS Code has started', async () => {
    const extension = vscode.extensions.getExtension('collibra-jobs.collibra-jobs');
    assert.ok(extension, 'the extension is installed');
    // Its activation event comes when it comes; the API resolves with the same activation.
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
