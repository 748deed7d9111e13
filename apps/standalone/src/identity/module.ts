/** `/v1/tokens`: one line a route. */
import { Body, Controller, Delete, type DynamicModule, Get, Inject, Module, Param, Post, Req } from '@nestjs/common';
import type { Principal } from '@countersign/kernel';
import { type TokenJson, createToken, listTokens, revokeToken } from './http.ts';
import type { Identity } from './room.ts';

/** The application puts the authenticated caller on the request before a route is reached. */
interface AuthenticatedRequest {
  readonly principal: Principal;
}

const IDENTITY = Symbol('identity');

@Controller('v1/tokens')
export class TokenController {
  readonly #identity: Identity;

  constructor(@Inject(IDENTITY) identity: Identity) {
    this.#identity = identity;
  }

  @Post()
  create(@Body() body: unknown, @Req() request: AuthenticatedRequest): Promise<TokenJson & { token: string }> {
    return createToken(this.#identity, request.principal, body);
  }

  @Get()
  list(@Req() request: AuthenticatedRequest): { tokens: readonly TokenJson[] } {
    return listTokens(this.#identity, request.principal);
  }

  @Delete(':id')
  revoke(@Param('id') id: string, @Req() request: AuthenticatedRequest): Promise<TokenJson> {
    return revokeToken(this.#identity, request.principal, id);
  }
}

@Module({})
export class IdentityModule {
  static with(identity: Identity): DynamicModule {
    return {
      module: IdentityModule,
      controllers: [TokenController],
      providers: [{ provide: IDENTITY, useValue: identity }],
    };
  }
}
