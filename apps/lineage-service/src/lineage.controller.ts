/** The JSON face of the lineage service. */
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { answering, readSql } from './http.ts';
import type { AuthenticatedRequest } from './request.ts';
import type { LineageService } from './service.ts';

export const LINEAGE_SERVICE = Symbol('LineageService');

@Controller('v1/lineage')
export class LineageController {
  readonly #service: LineageService;

  constructor(@Inject(LINEAGE_SERVICE) service: LineageService) {
    this.#service = service;
  }

  @Post('query')
  @HttpCode(200)
  query(@Req() request: AuthenticatedRequest, @Body() body: unknown) {
    return answering(request, ({ tenant, signal, all }) => all(this.#service.query(readSql(body), tenant, signal)));
  }

  @Get('trace/:correlationId')
  trace(@Req() request: AuthenticatedRequest, @Param('correlationId') correlationId: string) {
    return answering(request, async ({ tenant, signal }) => ({
      events: await this.#service.trace(correlationId, tenant, signal),
    }));
  }

  @Post('rebuild')
  @HttpCode(200)
  rebuild(@Req() request: AuthenticatedRequest) {
    return answering(request, () => this.#service.rebuild());
  }
}
