// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lab/gateway_service.h"

int main(int argc, char* argv[])
{
    return rc::lab::serviceMain(argc, argv, "The lab's RPC gateway in front of the nodes.",
                                rc::lab::GatewayService::start);
}
