import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { SCOPES } from '#src/permissions.ts';
import { openApi } from '../api.ts';

describe('GET /api/v1/openapi.json', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(await openApi()));
    expect(result).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('names the scope of every operation and describes how it fails', async () => {
    const { paths } = await openApi();
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
    expect(operations.length).toBeGreaterThan(3);
    for (const operation of operations) {
      expect(operation).toMatchObject({
        operationId: expect.any(String),
        summary: expect.any(String),
      });
      const [scope] =
        (operation as unknown as { security: { apiKey: string[] }[] }).security[0]?.apiKey ?? [];
      expect(SCOPES).toContain(scope);
      expect(Object.keys(operation.responses)).toEqual(
        expect.arrayContaining(['401', '403', '429', '500']),
      );
    }
  });

  it('changes only on purpose', async () => {
    await expect(JSON.stringify(await openApi(), null, 2)).toMatchFileSnapshot('openapi.json.snap');
  });
});
