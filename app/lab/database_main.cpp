// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lab/database_service.h"

int main(int argc, char* argv[])
{
    return rc::lab::serviceMain(argc, argv, "The lab's database: rows over HTTP, kept in SQLite.",
                                rc::lab::DatabaseService::start);
}
