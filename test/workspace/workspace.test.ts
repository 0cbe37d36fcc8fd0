import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigurationError, InputOutputError, MlopsError } from '../../src/platform/errors.ts';
import {
  configurationDefinition,
  findWorkspace,
  initWorkspace,
  openWorkspace,
} from '../../src/workspace/index.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'mlops-test-'));

describe('initWorkspace', () => {
  it('writes a configuration whose every line is the default', () => {
    const root = folder();
    expect(initWorkspace({ folder: root, model: 'credit', schemaPath: 'schema.json' })).toEqual({
      created: true,
      path: join(root, 'mlops.yaml'),
      root,
    });
    const expected = configurationDefinition.parse({ model: { name: 'credit', schema: 'schema.json' } });
    expect(openWorkspace(root).config).toEqual(expected);
  });

  it('names every top key of the configuration', () => {
    const root = folder();
    initWorkspace({ folder: root, model: 'credit', schemaPath: 'schema.json' });
    const text = readFileSync(join(root, 'mlops.yaml'), 'utf8');
    for (const key of Object.keys(configurationDefinition.shape))
      expect(text).toMatch(new RegExp(`^${key}:`, 'm'));
  });

  it('keeps a name that YAML would read otherwise', () => {
    const root = folder();
    initWorkspace({ folder: root, model: 'no: "yes" #1', schemaPath: 'a b.json', target: 'true' });
    expect(openWorkspace(root).config.model).toEqual({
      name: 'no: "yes" #1',
      schema: 'a b.json',
      target: 'true',
      not_for: [],
    });
  });

  it('changes nothing the second time, and says so', () => {
    const root = folder();
    initWorkspace({ folder: root, model: 'credit', schemaPath: 'schema.json' });
    const before = readFileSync(join(root, 'mlops.yaml'));
    expect(initWorkspace({ folder: root, model: 'other', schemaPath: 'other.json' }).created).toBe(false);
    expect(readFileSync(join(root, 'mlops.yaml'))).toEqual(before);
  });

  it('makes the folders and leaves no temporary file', () => {
    const root = folder();
    initWorkspace({ folder: root, model: 'credit', schemaPath: 'schema.json' });
    expect(readdirSync(root).sort()).toEqual(['.mlops', 'mlops.yaml']);
    const { store, ...folders } = openWorkspace(root).paths;
    for (const each of Object.values(folders)) expect(existsSync(each)).toBe(true);
    expect(store).toBe(join(root, '.mlops', 'store.db'));
  });

  it('refuses a place that cannot be a folder with the exit code of input and output', () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    const start = () => initWorkspace({ folder: file, model: 'credit', schemaPath: 'schema.json' });
    expect(start).toThrow(InputOutputError);
    try {
      start();
    } catch (error) {
      expect(error instanceof MlopsError && error.exitCode).toBe(74);
    }
  });
});

describe('findWorkspace', () => {
  it('finds the workspace from a folder inside it', () => {
    const root = folder();
    initWorkspace({ folder: root, model: 'credit', schemaPath: 'schema.json' });
    mkdirSync(join(root, 'a', 'b'), { recursive: true });
    expect(findWorkspace(join(root, 'a', 'b'))).toBe(root);
  });

  it('says how to make one when there is none', () => {
    const missing = (where: string) => {
      try {
        findWorkspace(where);
      } catch (error) {
        return error instanceof ConfigurationError ? error : undefined;
      }
      return undefined;
    };
    const root = folder();
    expect(missing(root)).toMatchObject({ message: `no workspace at ${root}`, exitCode: 78 });
    expect(missing(root)?.remedy).toContain('mlops init');
    expect(missing(join(root, 'not-there'))?.why).toBe('there is no such folder');
  });
});
