/*
 * Apache ECharts
 * Copyright 2017-2024 The Apache Software Foundation
 *
 * This product includes software developed at
 * The Apache Software Foundation (https://www.apache.org/).
 *
 * Within it: zrender, Copyright (c) 2013, Baidu Inc. All rights reserved; BSD 3-Clause License.
 */
