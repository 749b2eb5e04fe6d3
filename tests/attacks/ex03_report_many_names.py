# goal: thousands of functions that call each other in a circle keep whoever follows them busy
# family: report
# expects: 0
# afterwards: time, honest
def f0():
    return f1, f0, f5

def f1():
    return f2, f7, f18

def f2():
    return f3, f14, f31

def f3():
    return f4, f21, f44

def f4():
    return f5, f28, f57

def f5():
    return f6, f35, f70

def f6():
    return f7, f42, f83

def f7():
    return f8, f49, f96

def f8():
    return f9, f56, f109

def f9():
    return f10, f63, f122

def f10():
    return f11, f70, f135

def f11():
    return f12, f77, f148

def f12():
    return f13, f84, f161

def f13():
    return f14, f91, f174

def f14():
    return f15, f98, f187

def f15():
    return f16, f105, f200

def f16():
    return f17, f112, f213

def f17():
    return f18, f119, f226

def f18():
    return f19, f126, f239

def f19():
    return f20, f133, f252

def f20():
    return f21, f140, f265

def f21():
    return f22, f147, f278

def f22():
    return f23, f154, f291

def f23():
    return f24, f161, f304

def f24():
    return f25, f168, f317

def f25():
    return f26, f175, f330

def f26():
    return f27, f182, f343

def f27():
    return f28, f189, f356

def f28():
    return f29, f196, f369

def f29():
    return f30, f203, f382

def f30():
    return f31, f210, f395

def f31():
    return f32, f217, f408

def f32():
    return f33, f224, f421

def f33():
    return f34, f231, f434

def f34():
    return f35, f238, f447

def f35():
    return f36, f245, f460

def f36():
    return f37, f252, f473

def f37():
    return f38, f259, f486

def f38():
    return f39, f266, f499

def f39():
    return f40, f273, f512

def f40():
    return f41, f280, f525

def f41():
    return f42, f287, f538

def f42():
    return f43, f294, f551

def f43():
    return f44, f301, f564

def f44():
    return f45, f308, f577

def f45():
    return f46, f315, f590

def f46():
    return f47, f322, f603

def f47():
    return f48, f329, f616

def f48():
    return f49, f336, f629

def f49():
    return f50, f343, f642

def f50():
    return f51, f350, f655

def f51():
    return f52, f357, f668

def f52():
    return f53, f364, f681

def f53():
    return f54, f371, f694

def f54():
    return f55, f378, f707

def f55():
    return f56, f385, f720

def f56():
    return f57, f392, f733

def f57():
    return f58, f399, f746

def f58():
    return f59, f406, f759

def f59():
    return f60, f413, f772

def f60():
    return f61, f420, f785

def f61():
    return f62, f427, f798

def f62():
    return f63, f434, f811

def f63():
    return f64, f441, f824

def f64():
    return f65, f448, f837

def f65():
    return f66, f455, f850

def f66():
    return f67, f462, f863

def f67():
    return f68, f469, f876

def f68():
    return f69, f476, f889

def f69():
    return f70, f483, f902

def f70():
    return f71, f490, f915

def f71():
    return f72, f497, f928

def f72():
    return f73, f504, f941

def f73():
    return f74, f511, f954

def f74():
    return f75, f518, f967

def f75():
    return f76, f525, f980

def f76():
    return f77, f532, f993

def f77():
    return f78, f539, f1006

def f78():
    return f79, f546, f1019

def f79():
    return f80, f553, f1032

def f80():
    return f81, f560, f1045

def f81():
    return f82, f567, f1058

def f82():
    return f83, f574, f1071

def f83():
    return f84, f581, f1084

def f84():
    return f85, f588, f1097

def f85():
    return f86, f595, f1110

def f86():
    return f87, f602, f1123

def f87():
    return f88, f609, f1136

def f88():
    return f89, f616, f1149

def f89():
    return f90, f623, f1162

def f90():
    return f91, f630, f1175

def f91():
    return f92, f637, f1188

def f92():
    return f93, f644, f1201

def f93():
    return f94, f651, f1214

def f94():
    return f95, f658, f1227

def f95():
    return f96, f665, f1240

def f96():
    return f97, f672, f1253

def f97():
    return f98, f679, f1266

def f98():
    return f99, f686, f1279

def f99():
    return f100, f693, f1292

def f100():
    return f101, f700, f1305

def f101():
    return f102, f707, f1318

def f102():
    return f103, f714, f1331

def f103():
    return f104, f721, f1344

def f104():
    return f105, f728, f1357

def f105():
    return f106, f735, f1370

def f106():
    return f107, f742, f1383

def f107():
    return f108, f749, f1396

def f108():
    return f109, f756, f1409

def f109():
    return f110, f763, f1422

def f110():
    return f111, f770, f1435

def f111():
    return f112, f777, f1448

def f112():
    return f113, f784, f1461

def f113():
    return f114, f791, f1474

def f114():
    return f115, f798, f1487

def f115():
    return f116, f805, f1500

def f116():
    return f117, f812, f1513

def f117():
    return f118, f819, f1526

def f118():
    return f119, f826, f1539

def f119():
    return f120, f833, f1552

def f120():
    return f121, f840, f1565

def f121():
    return f122, f847, f1578

def f122():
    return f123, f854, f1591

def f123():
    return f124, f861, f1604

def f124():
    return f125, f868, f1617

def f125():
    return f126, f875, f1630

def f126():
    return f127, f882, f1643

def f127():
    return f128, f889, f1656

def f128():
    return f129, f896, f1669

def f129():
    return f130, f903, f1682

def f130():
    return f131, f910, f1695

def f131():
    return f132, f917, f1708

def f132():
    return f133, f924, f1721

def f133():
    return f134, f931, f1734

def f134():
    return f135, f938, f1747

def f135():
    return f136, f945, f1760

def f136():
    return f137, f952, f1773

def f137():
    return f138, f959, f1786

def f138():
    return f139, f966, f1799

def f139():
    return f140, f973, f1812

def f140():
    return f141, f980, f1825

def f141():
    return f142, f987, f1838

def f142():
    return f143, f994, f1851

def f143():
    return f144, f1001, f1864

def f144():
    return f145, f1008, f1877

def f145():
    return f146, f1015, f1890

def f146():
    return f147, f1022, f1903

def f147():
    return f148, f1029, f1916

def f148():
    return f149, f1036, f1929

def f149():
    return f150, f1043, f1942

def f150():
    return f151, f1050, f1955

def f151():
    return f152, f1057, f1968

def f152():
    return f153, f1064, f1981

def f153():
    return f154, f1071, f1994

def f154():
    return f155, f1078, f2007

def f155():
    return f156, f1085, f2020

def f156():
    return f157, f1092, f2033

def f157():
    return f158, f1099, f2046

def f158():
    return f159, f1106, f2059

def f159():
    return f160, f1113, f2072

def f160():
    return f161, f1120, f2085

def f161():
    return f162, f1127, f2098

def f162():
    return f163, f1134, f2111

def f163():
    return f164, f1141, f2124

def f164():
    return f165, f1148, f2137

def f165():
    return f166, f1155, f2150

def f166():
    return f167, f1162, f2163

def f167():
    return f168, f1169, f2176

def f168():
    return f169, f1176, f2189

def f169():
    return f170, f1183, f2202

def f170():
    return f171, f1190, f2215

def f171():
    return f172, f1197, f2228

def f172():
    return f173, f1204, f2241

def f173():
    return f174, f1211, f2254

def f174():
    return f175, f1218, f2267

def f175():
    return f176, f1225, f2280

def f176():
    return f177, f1232, f2293

def f177():
    return f178, f1239, f2306

def f178():
    return f179, f1246, f2319

def f179():
    return f180, f1253, f2332

def f180():
    return f181, f1260, f2345

def f181():
    return f182, f1267, f2358

def f182():
    return f183, f1274, f2371

def f183():
    return f184, f1281, f2384

def f184():
    return f185, f1288, f2397

def f185():
    return f186, f1295, f2410

def f186():
    return f187, f1302, f2423

def f187():
    return f188, f1309, f2436

def f188():
    return f189, f1316, f2449

def f189():
    return f190, f1323, f2462

def f190():
    return f191, f1330, f2475

def f191():
    return f192, f1337, f2488

def f192():
    return f193, f1344, f2501

def f193():
    return f194, f1351, f2514

def f194():
    return f195, f1358, f2527

def f195():
    return f196, f1365, f2540

def f196():
    return f197, f1372, f2553

def f197():
    return f198, f1379, f2566

def f198():
    return f199, f1386, f2579

def f199():
    return f200, f1393, f2592

def f200():
    return f201, f1400, f2605

def f201():
    return f202, f1407, f2618

def f202():
    return f203, f1414, f2631

def f203():
    return f204, f1421, f2644

def f204():
    return f205, f1428, f2657

def f205():
    return f206, f1435, f2670

def f206():
    return f207, f1442, f2683

def f207():
    return f208, f1449, f2696

def f208():
    return f209, f1456, f2709

def f209():
    return f210, f1463, f2722

def f210():
    return f211, f1470, f2735

def f211():
    return f212, f1477, f2748

def f212():
    return f213, f1484, f2761

def f213():
    return f214, f1491, f2774

def f214():
    return f215, f1498, f2787

def f215():
    return f216, f1505, f2800

def f216():
    return f217, f1512, f2813

def f217():
    return f218, f1519, f2826

def f218():
    return f219, f1526, f2839

def f219():
    return f220, f1533, f2852

def f220():
    return f221, f1540, f2865

def f221():
    return f222, f1547, f2878

def f222():
    return f223, f1554, f2891

def f223():
    return f224, f1561, f2904

def f224():
    return f225, f1568, f2917

def f225():
    return f226, f1575, f2930

def f226():
    return f227, f1582, f2943

def f227():
    return f228, f1589, f2956

def f228():
    return f229, f1596, f2969

def f229():
    return f230, f1603, f2982

def f230():
    return f231, f1610, f2995

def f231():
    return f232, f1617, f8

def f232():
    return f233, f1624, f21

def f233():
    return f234, f1631, f34

def f234():
    return f235, f1638, f47

def f235():
    return f236, f1645, f60

def f236():
    return f237, f1652, f73

def f237():
    return f238, f1659, f86

def f238():
    return f239, f1666, f99

def f239():
    return f240, f1673, f112

def f240():
    return f241, f1680, f125

def f241():
    return f242, f1687, f138

def f242():
    return f243, f1694, f151

def f243():
    return f244, f1701, f164

def f244():
    return f245, f1708, f177

def f245():
    return f246, f1715, f190

def f246():
    return f247, f1722, f203

def f247():
    return f248, f1729, f216

def f248():
    return f249, f1736, f229

def f249():
    return f250, f1743, f242

def f250():
    return f251, f1750, f255

def f251():
    return f252, f1757, f268

def f252():
    return f253, f1764, f281

def f253():
    return f254, f1771, f294

def f254():
    return f255, f1778, f307

def f255():
    return f256, f1785, f320

def f256():
    return f257, f1792, f333

def f257():
    return f258, f1799, f346

def f258():
    return f259, f1806, f359

def f259():
    return f260, f1813, f372

def f260():
    return f261, f1820, f385

def f261():
    return f262, f1827, f398

def f262():
    return f263, f1834, f411

def f263():
    return f264, f1841, f424

def f264():
    return f265, f1848, f437

def f265():
    return f266, f1855, f450

def f266():
    return f267, f1862, f463

def f267():
    return f268, f1869, f476

def f268():
    return f269, f1876, f489

def f269():
    return f270, f1883, f502

def f270():
    return f271, f1890, f515

def f271():
    return f272, f1897, f528

def f272():
    return f273, f1904, f541

def f273():
    return f274, f1911, f554

def f274():
    return f275, f1918, f567

def f275():
    return f276, f1925, f580

def f276():
    return f277, f1932, f593

def f277():
    return f278, f1939, f606

def f278():
    return f279, f1946, f619

def f279():
    return f280, f1953, f632

def f280():
    return f281, f1960, f645

def f281():
    return f282, f1967, f658

def f282():
    return f283, f1974, f671

def f283():
    return f284, f1981, f684

def f284():
    return f285, f1988, f697

def f285():
    return f286, f1995, f710

def f286():
    return f287, f2002, f723

def f287():
    return f288, f2009, f736

def f288():
    return f289, f2016, f749

def f289():
    return f290, f2023, f762

def f290():
    return f291, f2030, f775

def f291():
    return f292, f2037, f788

def f292():
    return f293, f2044, f801

def f293():
    return f294, f2051, f814

def f294():
    return f295, f2058, f827

def f295():
    return f296, f2065, f840

def f296():
    return f297, f2072, f853

def f297():
    return f298, f2079, f866

def f298():
    return f299, f2086, f879

def f299():
    return f300, f2093, f892

def f300():
    return f301, f2100, f905

def f301():
    return f302, f2107, f918

def f302():
    return f303, f2114, f931

def f303():
    return f304, f2121, f944

def f304():
    return f305, f2128, f957

def f305():
    return f306, f2135, f970

def f306():
    return f307, f2142, f983

def f307():
    return f308, f2149, f996

def f308():
    return f309, f2156, f1009

def f309():
    return f310, f2163, f1022

def f310():
    return f311, f2170, f1035

def f311():
    return f312, f2177, f1048

def f312():
    return f313, f2184, f1061

def f313():
    return f314, f2191, f1074

def f314():
    return f315, f2198, f1087

def f315():
    return f316, f2205, f1100

def f316():
    return f317, f2212, f1113

def f317():
    return f318, f2219, f1126

def f318():
    return f319, f2226, f1139

def f319():
    return f320, f2233, f1152

def f320():
    return f321, f2240, f1165

def f321():
    return f322, f2247, f1178

def f322():
    return f323, f2254, f1191

def f323():
    return f324, f2261, f1204

def f324():
    return f325, f2268, f1217

def f325():
    return f326, f2275, f1230

def f326():
    return f327, f2282, f1243

def f327():
    return f328, f2289, f1256

def f328():
    return f329, f2296, f1269

def f329():
    return f330, f2303, f1282

def f330():
    return f331, f2310, f1295

def f331():
    return f332, f2317, f1308

def f332():
    return f333, f2324, f1321

def f333():
    return f334, f2331, f1334

def f334():
    return f335, f2338, f1347

def f335():
    return f336, f2345, f1360

def f336():
    return f337, f2352, f1373

def f337():
    return f338, f2359, f1386

def f338():
    return f339, f2366, f1399

def f339():
    return f340, f2373, f1412

def f340():
    return f341, f2380, f1425

def f341():
    return f342, f2387, f1438

def f342():
    return f343, f2394, f1451

def f343():
    return f344, f2401, f1464

def f344():
    return f345, f2408, f1477

def f345():
    return f346, f2415, f1490

def f346():
    return f347, f2422, f1503

def f347():
    return f348, f2429, f1516

def f348():
    return f349, f2436, f1529

def f349():
    return f350, f2443, f1542

def f350():
    return f351, f2450, f1555

def f351():
    return f352, f2457, f1568

def f352():
    return f353, f2464, f1581

def f353():
    return f354, f2471, f1594

def f354():
    return f355, f2478, f1607

def f355():
    return f356, f2485, f1620

def f356():
    return f357, f2492, f1633

def f357():
    return f358, f2499, f1646

def f358():
    return f359, f2506, f1659

def f359():
    return f360, f2513, f1672

def f360():
    return f361, f2520, f1685

def f361():
    return f362, f2527, f1698

def f362():
    return f363, f2534, f1711

def f363():
    return f364, f2541, f1724

def f364():
    return f365, f2548, f1737

def f365():
    return f366, f2555, f1750

def f366():
    return f367, f2562, f1763

def f367():
    return f368, f2569, f1776

def f368():
    return f369, f2576, f1789

def f369():
    return f370, f2583, f1802

def f370():
    return f371, f2590, f1815

def f371():
    return f372, f2597, f1828

def f372():
    return f373, f2604, f1841

def f373():
    return f374, f2611, f1854

def f374():
    return f375, f2618, f1867

def f375():
    return f376, f2625, f1880

def f376():
    return f377, f2632, f1893

def f377():
    return f378, f2639, f1906

def f378():
    return f379, f2646, f1919

def f379():
    return f380, f2653, f1932

def f380():
    return f381, f2660, f1945

def f381():
    return f382, f2667, f1958

def f382():
    return f383, f2674, f1971

def f383():
    return f384, f2681, f1984

def f384():
    return f385, f2688, f1997

def f385():
    return f386, f2695, f2010

def f386():
    return f387, f2702, f2023

def f387():
    return f388, f2709, f2036

def f388():
    return f389, f2716, f2049

def f389():
    return f390, f2723, f2062

def f390():
    return f391, f2730, f2075

def f391():
    return f392, f2737, f2088

def f392():
    return f393, f2744, f2101

def f393():
    return f394, f2751, f2114

def f394():
    return f395, f2758, f2127

def f395():
    return f396, f2765, f2140

def f396():
    return f397, f2772, f2153

def f397():
    return f398, f2779, f2166

def f398():
    return f399, f2786, f2179

def f399():
    return f400, f2793, f2192

def f400():
    return f401, f2800, f2205

def f401():
    return f402, f2807, f2218

def f402():
    return f403, f2814, f2231

def f403():
    return f404, f2821, f2244

def f404():
    return f405, f2828, f2257

def f405():
    return f406, f2835, f2270

def f406():
    return f407, f2842, f2283

def f407():
    return f408, f2849, f2296

def f408():
    return f409, f2856, f2309

def f409():
    return f410, f2863, f2322

def f410():
    return f411, f2870, f2335

def f411():
    return f412, f2877, f2348

def f412():
    return f413, f2884, f2361

def f413():
    return f414, f2891, f2374

def f414():
    return f415, f2898, f2387

def f415():
    return f416, f2905, f2400

def f416():
    return f417, f2912, f2413

def f417():
    return f418, f2919, f2426

def f418():
    return f419, f2926, f2439

def f419():
    return f420, f2933, f2452

def f420():
    return f421, f2940, f2465

def f421():
    return f422, f2947, f2478

def f422():
    return f423, f2954, f2491

def f423():
    return f424, f2961, f2504

def f424():
    return f425, f2968, f2517

def f425():
    return f426, f2975, f2530

def f426():
    return f427, f2982, f2543

def f427():
    return f428, f2989, f2556

def f428():
    return f429, f2996, f2569

def f429():
    return f430, f3, f2582

def f430():
    return f431, f10, f2595

def f431():
    return f432, f17, f2608

def f432():
    return f433, f24, f2621

def f433():
    return f434, f31, f2634

def f434():
    return f435, f38, f2647

def f435():
    return f436, f45, f2660

def f436():
    return f437, f52, f2673

def f437():
    return f438, f59, f2686

def f438():
    return f439, f66, f2699

def f439():
    return f440, f73, f2712

def f440():
    return f441, f80, f2725

def f441():
    return f442, f87, f2738

def f442():
    return f443, f94, f2751

def f443():
    return f444, f101, f2764

def f444():
    return f445, f108, f2777

def f445():
    return f446, f115, f2790

def f446():
    return f447, f122, f2803

def f447():
    return f448, f129, f2816

def f448():
    return f449, f136, f2829

def f449():
    return f450, f143, f2842

def f450():
    return f451, f150, f2855

def f451():
    return f452, f157, f2868

def f452():
    return f453, f164, f2881

def f453():
    return f454, f171, f2894

def f454():
    return f455, f178, f2907

def f455():
    return f456, f185, f2920

def f456():
    return f457, f192, f2933

def f457():
    return f458, f199, f2946

def f458():
    return f459, f206, f2959

def f459():
    return f460, f213, f2972

def f460():
    return f461, f220, f2985

def f461():
    return f462, f227, f2998

def f462():
    return f463, f234, f11

def f463():
    return f464, f241, f24

def f464():
    return f465, f248, f37

def f465():
    return f466, f255, f50

def f466():
    return f467, f262, f63

def f467():
    return f468, f269, f76

def f468():
    return f469, f276, f89

def f469():
    return f470, f283, f102

def f470():
    return f471, f290, f115

def f471():
    return f472, f297, f128

def f472():
    return f473, f304, f141

def f473():
    return f474, f311, f154

def f474():
    return f475, f318, f167

def f475():
    return f476, f325, f180

def f476():
    return f477, f332, f193

def f477():
    return f478, f339, f206

def f478():
    return f479, f346, f219

def f479():
    return f480, f353, f232

def f480():
    return f481, f360, f245

def f481():
    return f482, f367, f258

def f482():
    return f483, f374, f271

def f483():
    return f484, f381, f284

def f484():
    return f485, f388, f297

def f485():
    return f486, f395, f310

def f486():
    return f487, f402, f323

def f487():
    return f488, f409, f336

def f488():
    return f489, f416, f349

def f489():
    return f490, f423, f362

def f490():
    return f491, f430, f375

def f491():
    return f492, f437, f388

def f492():
    return f493, f444, f401

def f493():
    return f494, f451, f414

def f494():
    return f495, f458, f427

def f495():
    return f496, f465, f440

def f496():
    return f497, f472, f453

def f497():
    return f498, f479, f466

def f498():
    return f499, f486, f479

def f499():
    return f500, f493, f492

def f500():
    return f501, f500, f505

def f501():
    return f502, f507, f518

def f502():
    return f503, f514, f531

def f503():
    return f504, f521, f544

def f504():
    return f505, f528, f557

def f505():
    return f506, f535, f570

def f506():
    return f507, f542, f583

def f507():
    return f508, f549, f596

def f508():
    return f509, f556, f609

def f509():
    return f510, f563, f622

def f510():
    return f511, f570, f635

def f511():
    return f512, f577, f648

def f512():
    return f513, f584, f661

def f513():
    return f514, f591, f674

def f514():
    return f515, f598, f687

def f515():
    return f516, f605, f700

def f516():
    return f517, f612, f713

def f517():
    return f518, f619, f726

def f518():
    return f519, f626, f739

def f519():
    return f520, f633, f752

def f520():
    return f521, f640, f765

def f521():
    return f522, f647, f778

def f522():
    return f523, f654, f791

def f523():
    return f524, f661, f804

def f524():
    return f525, f668, f817

def f525():
    return f526, f675, f830

def f526():
    return f527, f682, f843

def f527():
    return f528, f689, f856

def f528():
    return f529, f696, f869

def f529():
    return f530, f703, f882

def f530():
    return f531, f710, f895

def f531():
    return f532, f717, f908

def f532():
    return f533, f724, f921

def f533():
    return f534, f731, f934

def f534():
    return f535, f738, f947

def f535():
    return f536, f745, f960

def f536():
    return f537, f752, f973

def f537():
    return f538, f759, f986

def f538():
    return f539, f766, f999

def f539():
    return f540, f773, f1012

def f540():
    return f541, f780, f1025

def f541():
    return f542, f787, f1038

def f542():
    return f543, f794, f1051

def f543():
    return f544, f801, f1064

def f544():
    return f545, f808, f1077

def f545():
    return f546, f815, f1090

def f546():
    return f547, f822, f1103

def f547():
    return f548, f829, f1116

def f548():
    return f549, f836, f1129

def f549():
    return f550, f843, f1142

def f550():
    return f551, f850, f1155

def f551():
    return f552, f857, f1168

def f552():
    return f553, f864, f1181

def f553():
    return f554, f871, f1194

def f554():
    return f555, f878, f1207

def f555():
    return f556, f885, f1220

def f556():
    return f557, f892, f1233

def f557():
    return f558, f899, f1246

def f558():
    return f559, f906, f1259

def f559():
    return f560, f913, f1272

def f560():
    return f561, f920, f1285

def f561():
    return f562, f927, f1298

def f562():
    return f563, f934, f1311

def f563():
    return f564, f941, f1324

def f564():
    return f565, f948, f1337

def f565():
    return f566, f955, f1350

def f566():
    return f567, f962, f1363

def f567():
    return f568, f969, f1376

def f568():
    return f569, f976, f1389

def f569():
    return f570, f983, f1402

def f570():
    return f571, f990, f1415

def f571():
    return f572, f997, f1428

def f572():
    return f573, f1004, f1441

def f573():
    return f574, f1011, f1454

def f574():
    return f575, f1018, f1467

def f575():
    return f576, f1025, f1480

def f576():
    return f577, f1032, f1493

def f577():
    return f578, f1039, f1506

def f578():
    return f579, f1046, f1519

def f579():
    return f580, f1053, f1532

def f580():
    return f581, f1060, f1545

def f581():
    return f582, f1067, f1558

def f582():
    return f583, f1074, f1571

def f583():
    return f584, f1081, f1584

def f584():
    return f585, f1088, f1597

def f585():
    return f586, f1095, f1610

def f586():
    return f587, f1102, f1623

def f587():
    return f588, f1109, f1636

def f588():
    return f589, f1116, f1649

def f589():
    return f590, f1123, f1662

def f590():
    return f591, f1130, f1675

def f591():
    return f592, f1137, f1688

def f592():
    return f593, f1144, f1701

def f593():
    return f594, f1151, f1714

def f594():
    return f595, f1158, f1727

def f595():
    return f596, f1165, f1740

def f596():
    return f597, f1172, f1753

def f597():
    return f598, f1179, f1766

def f598():
    return f599, f1186, f1779

def f599():
    return f600, f1193, f1792

def f600():
    return f601, f1200, f1805

def f601():
    return f602, f1207, f1818

def f602():
    return f603, f1214, f1831

def f603():
    return f604, f1221, f1844

def f604():
    return f605, f1228, f1857

def f605():
    return f606, f1235, f1870

def f606():
    return f607, f1242, f1883

def f607():
    return f608, f1249, f1896

def f608():
    return f609, f1256, f1909

def f609():
    return f610, f1263, f1922

def f610():
    return f611, f1270, f1935

def f611():
    return f612, f1277, f1948

def f612():
    return f613, f1284, f1961

def f613():
    return f614, f1291, f1974

def f614():
    return f615, f1298, f1987

def f615():
    return f616, f1305, f2000

def f616():
    return f617, f1312, f2013

def f617():
    return f618, f1319, f2026

def f618():
    return f619, f1326, f2039

def f619():
    return f620, f1333, f2052

def f620():
    return f621, f1340, f2065

def f621():
    return f622, f1347, f2078

def f622():
    return f623, f1354, f2091

def f623():
    return f624, f1361, f2104

def f624():
    return f625, f1368, f2117

def f625():
    return f626, f1375, f2130

def f626():
    return f627, f1382, f2143

def f627():
    return f628, f1389, f2156

def f628():
    return f629, f1396, f2169

def f629():
    return f630, f1403, f2182

def f630():
    return f631, f1410, f2195

def f631():
    return f632, f1417, f2208

def f632():
    return f633, f1424, f2221

def f633():
    return f634, f1431, f2234

def f634():
    return f635, f1438, f2247

def f635():
    return f636, f1445, f2260

def f636():
    return f637, f1452, f2273

def f637():
    return f638, f1459, f2286

def f638():
    return f639, f1466, f2299

def f639():
    return f640, f1473, f2312

def f640():
    return f641, f1480, f2325

def f641():
    return f642, f1487, f2338

def f642():
    return f643, f1494, f2351

def f643():
    return f644, f1501, f2364

def f644():
    return f645, f1508, f2377

def f645():
    return f646, f1515, f2390

def f646():
    return f647, f1522, f2403

def f647():
    return f648, f1529, f2416

def f648():
    return f649, f1536, f2429

def f649():
    return f650, f1543, f2442

def f650():
    return f651, f1550, f2455

def f651():
    return f652, f1557, f2468

def f652():
    return f653, f1564, f2481

def f653():
    return f654, f1571, f2494

def f654():
    return f655, f1578, f2507

def f655():
    return f656, f1585, f2520

def f656():
    return f657, f1592, f2533

def f657():
    return f658, f1599, f2546

def f658():
    return f659, f1606, f2559

def f659():
    return f660, f1613, f2572

def f660():
    return f661, f1620, f2585

def f661():
    return f662, f1627, f2598

def f662():
    return f663, f1634, f2611

def f663():
    return f664, f1641, f2624

def f664():
    return f665, f1648, f2637

def f665():
    return f666, f1655, f2650

def f666():
    return f667, f1662, f2663

def f667():
    return f668, f1669, f2676

def f668():
    return f669, f1676, f2689

def f669():
    return f670, f1683, f2702

def f670():
    return f671, f1690, f2715

def f671():
    return f672, f1697, f2728

def f672():
    return f673, f1704, f2741

def f673():
    return f674, f1711, f2754

def f674():
    return f675, f1718, f2767

def f675():
    return f676, f1725, f2780

def f676():
    return f677, f1732, f2793

def f677():
    return f678, f1739, f2806

def f678():
    return f679, f1746, f2819

def f679():
    return f680, f1753, f2832

def f680():
    return f681, f1760, f2845

def f681():
    return f682, f1767, f2858

def f682():
    return f683, f1774, f2871

def f683():
    return f684, f1781, f2884

def f684():
    return f685, f1788, f2897

def f685():
    return f686, f1795, f2910

def f686():
    return f687, f1802, f2923

def f687():
    return f688, f1809, f2936

def f688():
    return f689, f1816, f2949

def f689():
    return f690, f1823, f2962

def f690():
    return f691, f1830, f2975

def f691():
    return f692, f1837, f2988

def f692():
    return f693, f1844, f1

def f693():
    return f694, f1851, f14

def f694():
    return f695, f1858, f27

def f695():
    return f696, f1865, f40

def f696():
    return f697, f1872, f53

def f697():
    return f698, f1879, f66

def f698():
    return f699, f1886, f79

def f699():
    return f700, f1893, f92

def f700():
    return f701, f1900, f105

def f701():
    return f702, f1907, f118

def f702():
    return f703, f1914, f131

def f703():
    return f704, f1921, f144

def f704():
    return f705, f1928, f157

def f705():
    return f706, f1935, f170

def f706():
    return f707, f1942, f183

def f707():
    return f708, f1949, f196

def f708():
    return f709, f1956, f209

def f709():
    return f710, f1963, f222

def f710():
    return f711, f1970, f235

def f711():
    return f712, f1977, f248

def f712():
    return f713, f1984, f261

def f713():
    return f714, f1991, f274

def f714():
    return f715, f1998, f287

def f715():
    return f716, f2005, f300

def f716():
    return f717, f2012, f313

def f717():
    return f718, f2019, f326

def f718():
    return f719, f2026, f339

def f719():
    return f720, f2033, f352

def f720():
    return f721, f2040, f365

def f721():
    return f722, f2047, f378

def f722():
    return f723, f2054, f391

def f723():
    return f724, f2061, f404

def f724():
    return f725, f2068, f417

def f725():
    return f726, f2075, f430

def f726():
    return f727, f2082, f443

def f727():
    return f728, f2089, f456

def f728():
    return f729, f2096, f469

def f729():
    return f730, f2103, f482

def f730():
    return f731, f2110, f495

def f731():
    return f732, f2117, f508

def f732():
    return f733, f2124, f521

def f733():
    return f734, f2131, f534

def f734():
    return f735, f2138, f547

def f735():
    return f736, f2145, f560

def f736():
    return f737, f2152, f573

def f737():
    return f738, f2159, f586

def f738():
    return f739, f2166, f599

def f739():
    return f740, f2173, f612

def f740():
    return f741, f2180, f625

def f741():
    return f742, f2187, f638

def f742():
    return f743, f2194, f651

def f743():
    return f744, f2201, f664

def f744():
    return f745, f2208, f677

def f745():
    return f746, f2215, f690

def f746():
    return f747, f2222, f703

def f747():
    return f748, f2229, f716

def f748():
    return f749, f2236, f729

def f749():
    return f750, f2243, f742

def f750():
    return f751, f2250, f755

def f751():
    return f752, f2257, f768

def f752():
    return f753, f2264, f781

def f753():
    return f754, f2271, f794

def f754():
    return f755, f2278, f807

def f755():
    return f756, f2285, f820

def f756():
    return f757, f2292, f833

def f757():
    return f758, f2299, f846

def f758():
    return f759, f2306, f859

def f759():
    return f760, f2313, f872

def f760():
    return f761, f2320, f885

def f761():
    return f762, f2327, f898

def f762():
    return f763, f2334, f911

def f763():
    return f764, f2341, f924

def f764():
    return f765, f2348, f937

def f765():
    return f766, f2355, f950

def f766():
    return f767, f2362, f963

def f767():
    return f768, f2369, f976

def f768():
    return f769, f2376, f989

def f769():
    return f770, f2383, f1002

def f770():
    return f771, f2390, f1015

def f771():
    return f772, f2397, f1028

def f772():
    return f773, f2404, f1041

def f773():
    return f774, f2411, f1054

def f774():
    return f775, f2418, f1067

def f775():
    return f776, f2425, f1080

def f776():
    return f777, f2432, f1093

def f777():
    return f778, f2439, f1106

def f778():
    return f779, f2446, f1119

def f779():
    return f780, f2453, f1132

def f780():
    return f781, f2460, f1145

def f781():
    return f782, f2467, f1158

def f782():
    return f783, f2474, f1171

def f783():
    return f784, f2481, f1184

def f784():
    return f785, f2488, f1197

def f785():
    return f786, f2495, f1210

def f786():
    return f787, f2502, f1223

def f787():
    return f788, f2509, f1236

def f788():
    return f789, f2516, f1249

def f789():
    return f790, f2523, f1262

def f790():
    return f791, f2530, f1275

def f791():
    return f792, f2537, f1288

def f792():
    return f793, f2544, f1301

def f793():
    return f794, f2551, f1314

def f794():
    return f795, f2558, f1327

def f795():
    return f796, f2565, f1340

def f796():
    return f797, f2572, f1353

def f797():
    return f798, f2579, f1366

def f798():
    return f799, f2586, f1379

def f799():
    return f800, f2593, f1392

def f800():
    return f801, f2600, f1405

def f801():
    return f802, f2607, f1418

def f802():
    return f803, f2614, f1431

def f803():
    return f804, f2621, f1444

def f804():
    return f805, f2628, f1457

def f805():
    return f806, f2635, f1470

def f806():
    return f807, f2642, f1483

def f807():
    return f808, f2649, f1496

def f808():
    return f809, f2656, f1509

def f809():
    return f810, f2663, f1522

def f810():
    return f811, f2670, f1535

def f811():
    return f812, f2677, f1548

def f812():
    return f813, f2684, f1561

def f813():
    return f814, f2691, f1574

def f814():
    return f815, f2698, f1587

def f815():
    return f816, f2705, f1600

def f816():
    return f817, f2712, f1613

def f817():
    return f818, f2719, f1626

def f818():
    return f819, f2726, f1639

def f819():
    return f820, f2733, f1652

def f820():
    return f821, f2740, f1665

def f821():
    return f822, f2747, f1678

def f822():
    return f823, f2754, f1691

def f823():
    return f824, f2761, f1704

def f824():
    return f825, f2768, f1717

def f825():
    return f826, f2775, f1730

def f826():
    return f827, f2782, f1743

def f827():
    return f828, f2789, f1756

def f828():
    return f829, f2796, f1769

def f829():
    return f830, f2803, f1782

def f830():
    return f831, f2810, f1795

def f831():
    return f832, f2817, f1808

def f832():
    return f833, f2824, f1821

def f833():
    return f834, f2831, f1834

def f834():
    return f835, f2838, f1847

def f835():
    return f836, f2845, f1860

def f836():
    return f837, f2852, f1873

def f837():
    return f838, f2859, f1886

def f838():
    return f839, f2866, f1899

def f839():
    return f840, f2873, f1912

def f840():
    return f841, f2880, f1925

def f841():
    return f842, f2887, f1938

def f842():
    return f843, f2894, f1951

def f843():
    return f844, f2901, f1964

def f844():
    return f845, f2908, f1977

def f845():
    return f846, f2915, f1990

def f846():
    return f847, f2922, f2003

def f847():
    return f848, f2929, f2016

def f848():
    return f849, f2936, f2029

def f849():
    return f850, f2943, f2042

def f850():
    return f851, f2950, f2055

def f851():
    return f852, f2957, f2068

def f852():
    return f853, f2964, f2081

def f853():
    return f854, f2971, f2094

def f854():
    return f855, f2978, f2107

def f855():
    return f856, f2985, f2120

def f856():
    return f857, f2992, f2133

def f857():
    return f858, f2999, f2146

def f858():
    return f859, f6, f2159

def f859():
    return f860, f13, f2172

def f860():
    return f861, f20, f2185

def f861():
    return f862, f27, f2198

def f862():
    return f863, f34, f2211

def f863():
    return f864, f41, f2224

def f864():
    return f865, f48, f2237

def f865():
    return f866, f55, f2250

def f866():
    return f867, f62, f2263

def f867():
    return f868, f69, f2276

def f868():
    return f869, f76, f2289

def f869():
    return f870, f83, f2302

def f870():
    return f871, f90, f2315

def f871():
    return f872, f97, f2328

def f872():
    return f873, f104, f2341

def f873():
    return f874, f111, f2354

def f874():
    return f875, f118, f2367

def f875():
    return f876, f125, f2380

def f876():
    return f877, f132, f2393

def f877():
    return f878, f139, f2406

def f878():
    return f879, f146, f2419

def f879():
    return f880, f153, f2432

def f880():
    return f881, f160, f2445

def f881():
    return f882, f167, f2458

def f882():
    return f883, f174, f2471

def f883():
    return f884, f181, f2484

def f884():
    return f885, f188, f2497

def f885():
    return f886, f195, f2510

def f886():
    return f887, f202, f2523

def f887():
    return f888, f209, f2536

def f888():
    return f889, f216, f2549

def f889():
    return f890, f223, f2562

def f890():
    return f891, f230, f2575

def f891():
    return f892, f237, f2588

def f892():
    return f893, f244, f2601

def f893():
    return f894, f251, f2614

def f894():
    return f895, f258, f2627

def f895():
    return f896, f265, f2640

def f896():
    return f897, f272, f2653

def f897():
    return f898, f279, f2666

def f898():
    return f899, f286, f2679

def f899():
    return f900, f293, f2692

def f900():
    return f901, f300, f2705

def f901():
    return f902, f307, f2718

def f902():
    return f903, f314, f2731

def f903():
    return f904, f321, f2744

def f904():
    return f905, f328, f2757

def f905():
    return f906, f335, f2770

def f906():
    return f907, f342, f2783

def f907():
    return f908, f349, f2796

def f908():
    return f909, f356, f2809

def f909():
    return f910, f363, f2822

def f910():
    return f911, f370, f2835

def f911():
    return f912, f377, f2848

def f912():
    return f913, f384, f2861

def f913():
    return f914, f391, f2874

def f914():
    return f915, f398, f2887

def f915():
    return f916, f405, f2900

def f916():
    return f917, f412, f2913

def f917():
    return f918, f419, f2926

def f918():
    return f919, f426, f2939

def f919():
    return f920, f433, f2952

def f920():
    return f921, f440, f2965

def f921():
    return f922, f447, f2978

def f922():
    return f923, f454, f2991

def f923():
    return f924, f461, f4

def f924():
    return f925, f468, f17

def f925():
    return f926, f475, f30

def f926():
    return f927, f482, f43

def f927():
    return f928, f489, f56

def f928():
    return f929, f496, f69

def f929():
    return f930, f503, f82

def f930():
    return f931, f510, f95

def f931():
    return f932, f517, f108

def f932():
    return f933, f524, f121

def f933():
    return f934, f531, f134

def f934():
    return f935, f538, f147

def f935():
    return f936, f545, f160

def f936():
    return f937, f552, f173

def f937():
    return f938, f559, f186

def f938():
    return f939, f566, f199

def f939():
    return f940, f573, f212

def f940():
    return f941, f580, f225

def f941():
    return f942, f587, f238

def f942():
    return f943, f594, f251

def f943():
    return f944, f601, f264

def f944():
    return f945, f608, f277

def f945():
    return f946, f615, f290

def f946():
    return f947, f622, f303

def f947():
    return f948, f629, f316

def f948():
    return f949, f636, f329

def f949():
    return f950, f643, f342

def f950():
    return f951, f650, f355

def f951():
    return f952, f657, f368

def f952():
    return f953, f664, f381

def f953():
    return f954, f671, f394

def f954():
    return f955, f678, f407

def f955():
    return f956, f685, f420

def f956():
    return f957, f692, f433

def f957():
    return f958, f699, f446

def f958():
    return f959, f706, f459

def f959():
    return f960, f713, f472

def f960():
    return f961, f720, f485

def f961():
    return f962, f727, f498

def f962():
    return f963, f734, f511

def f963():
    return f964, f741, f524

def f964():
    return f965, f748, f537

def f965():
    return f966, f755, f550

def f966():
    return f967, f762, f563

def f967():
    return f968, f769, f576

def f968():
    return f969, f776, f589

def f969():
    return f970, f783, f602

def f970():
    return f971, f790, f615

def f971():
    return f972, f797, f628

def f972():
    return f973, f804, f641

def f973():
    return f974, f811, f654

def f974():
    return f975, f818, f667

def f975():
    return f976, f825, f680

def f976():
    return f977, f832, f693

def f977():
    return f978, f839, f706

def f978():
    return f979, f846, f719

def f979():
    return f980, f853, f732

def f980():
    return f981, f860, f745

def f981():
    return f982, f867, f758

def f982():
    return f983, f874, f771

def f983():
    return f984, f881, f784

def f984():
    return f985, f888, f797

def f985():
    return f986, f895, f810

def f986():
    return f987, f902, f823

def f987():
    return f988, f909, f836

def f988():
    return f989, f916, f849

def f989():
    return f990, f923, f862

def f990():
    return f991, f930, f875

def f991():
    return f992, f937, f888

def f992():
    return f993, f944, f901

def f993():
    return f994, f951, f914

def f994():
    return f995, f958, f927

def f995():
    return f996, f965, f940

def f996():
    return f997, f972, f953

def f997():
    return f998, f979, f966

def f998():
    return f999, f986, f979

def f999():
    return f1000, f993, f992

def f1000():
    return f1001, f1000, f1005

def f1001():
    return f1002, f1007, f1018

def f1002():
    return f1003, f1014, f1031

def f1003():
    return f1004, f1021, f1044

def f1004():
    return f1005, f1028, f1057

def f1005():
    return f1006, f1035, f1070

def f1006():
    return f1007, f1042, f1083

def f1007():
    return f1008, f1049, f1096

def f1008():
    return f1009, f1056, f1109

def f1009():
    return f1010, f1063, f1122

def f1010():
    return f1011, f1070, f1135

def f1011():
    return f1012, f1077, f1148

def f1012():
    return f1013, f1084, f1161

def f1013():
    return f1014, f1091, f1174

def f1014():
    return f1015, f1098, f1187

def f1015():
    return f1016, f1105, f1200

def f1016():
    return f1017, f1112, f1213

def f1017():
    return f1018, f1119, f1226

def f1018():
    return f1019, f1126, f1239

def f1019():
    return f1020, f1133, f1252

def f1020():
    return f1021, f1140, f1265

def f1021():
    return f1022, f1147, f1278

def f1022():
    return f1023, f1154, f1291

def f1023():
    return f1024, f1161, f1304

def f1024():
    return f1025, f1168, f1317

def f1025():
    return f1026, f1175, f1330

def f1026():
    return f1027, f1182, f1343

def f1027():
    return f1028, f1189, f1356

def f1028():
    return f1029, f1196, f1369

def f1029():
    return f1030, f1203, f1382

def f1030():
    return f1031, f1210, f1395

def f1031():
    return f1032, f1217, f1408

def f1032():
    return f1033, f1224, f1421

def f1033():
    return f1034, f1231, f1434

def f1034():
    return f1035, f1238, f1447

def f1035():
    return f1036, f1245, f1460

def f1036():
    return f1037, f1252, f1473

def f1037():
    return f1038, f1259, f1486

def f1038():
    return f1039, f1266, f1499

def f1039():
    return f1040, f1273, f1512

def f1040():
    return f1041, f1280, f1525

def f1041():
    return f1042, f1287, f1538

def f1042():
    return f1043, f1294, f1551

def f1043():
    return f1044, f1301, f1564

def f1044():
    return f1045, f1308, f1577

def f1045():
    return f1046, f1315, f1590

def f1046():
    return f1047, f1322, f1603

def f1047():
    return f1048, f1329, f1616

def f1048():
    return f1049, f1336, f1629

def f1049():
    return f1050, f1343, f1642

def f1050():
    return f1051, f1350, f1655

def f1051():
    return f1052, f1357, f1668

def f1052():
    return f1053, f1364, f1681

def f1053():
    return f1054, f1371, f1694

def f1054():
    return f1055, f1378, f1707

def f1055():
    return f1056, f1385, f1720

def f1056():
    return f1057, f1392, f1733

def f1057():
    return f1058, f1399, f1746

def f1058():
    return f1059, f1406, f1759

def f1059():
    return f1060, f1413, f1772

def f1060():
    return f1061, f1420, f1785

def f1061():
    return f1062, f1427, f1798

def f1062():
    return f1063, f1434, f1811

def f1063():
    return f1064, f1441, f1824

def f1064():
    return f1065, f1448, f1837

def f1065():
    return f1066, f1455, f1850

def f1066():
    return f1067, f1462, f1863

def f1067():
    return f1068, f1469, f1876

def f1068():
    return f1069, f1476, f1889

def f1069():
    return f1070, f1483, f1902

def f1070():
    return f1071, f1490, f1915

def f1071():
    return f1072, f1497, f1928

def f1072():
    return f1073, f1504, f1941

def f1073():
    return f1074, f1511, f1954

def f1074():
    return f1075, f1518, f1967

def f1075():
    return f1076, f1525, f1980

def f1076():
    return f1077, f1532, f1993

def f1077():
    return f1078, f1539, f2006

def f1078():
    return f1079, f1546, f2019

def f1079():
    return f1080, f1553, f2032

def f1080():
    return f1081, f1560, f2045

def f1081():
    return f1082, f1567, f2058

def f1082():
    return f1083, f1574, f2071

def f1083():
    return f1084, f1581, f2084

def f1084():
    return f1085, f1588, f2097

def f1085():
    return f1086, f1595, f2110

def f1086():
    return f1087, f1602, f2123

def f1087():
    return f1088, f1609, f2136

def f1088():
    return f1089, f1616, f2149

def f1089():
    return f1090, f1623, f2162

def f1090():
    return f1091, f1630, f2175

def f1091():
    return f1092, f1637, f2188

def f1092():
    return f1093, f1644, f2201

def f1093():
    return f1094, f1651, f2214

def f1094():
    return f1095, f1658, f2227

def f1095():
    return f1096, f1665, f2240

def f1096():
    return f1097, f1672, f2253

def f1097():
    return f1098, f1679, f2266

def f1098():
    return f1099, f1686, f2279

def f1099():
    return f1100, f1693, f2292

def f1100():
    return f1101, f1700, f2305

def f1101():
    return f1102, f1707, f2318

def f1102():
    return f1103, f1714, f2331

def f1103():
    return f1104, f1721, f2344

def f1104():
    return f1105, f1728, f2357

def f1105():
    return f1106, f1735, f2370

def f1106():
    return f1107, f1742, f2383

def f1107():
    return f1108, f1749, f2396

def f1108():
    return f1109, f1756, f2409

def f1109():
    return f1110, f1763, f2422

def f1110():
    return f1111, f1770, f2435

def f1111():
    return f1112, f1777, f2448

def f1112():
    return f1113, f1784, f2461

def f1113():
    return f1114, f1791, f2474

def f1114():
    return f1115, f1798, f2487

def f1115():
    return f1116, f1805, f2500

def f1116():
    return f1117, f1812, f2513

def f1117():
    return f1118, f1819, f2526

def f1118():
    return f1119, f1826, f2539

def f1119():
    return f1120, f1833, f2552

def f1120():
    return f1121, f1840, f2565

def f1121():
    return f1122, f1847, f2578

def f1122():
    return f1123, f1854, f2591

def f1123():
    return f1124, f1861, f2604

def f1124():
    return f1125, f1868, f2617

def f1125():
    return f1126, f1875, f2630

def f1126():
    return f1127, f1882, f2643

def f1127():
    return f1128, f1889, f2656

def f1128():
    return f1129, f1896, f2669

def f1129():
    return f1130, f1903, f2682

def f1130():
    return f1131, f1910, f2695

def f1131():
    return f1132, f1917, f2708

def f1132():
    return f1133, f1924, f2721

def f1133():
    return f1134, f1931, f2734

def f1134():
    return f1135, f1938, f2747

def f1135():
    return f1136, f1945, f2760

def f1136():
    return f1137, f1952, f2773

def f1137():
    return f1138, f1959, f2786

def f1138():
    return f1139, f1966, f2799

def f1139():
    return f1140, f1973, f2812

def f1140():
    return f1141, f1980, f2825

def f1141():
    return f1142, f1987, f2838

def f1142():
    return f1143, f1994, f2851

def f1143():
    return f1144, f2001, f2864

def f1144():
    return f1145, f2008, f2877

def f1145():
    return f1146, f2015, f2890

def f1146():
    return f1147, f2022, f2903

def f1147():
    return f1148, f2029, f2916

def f1148():
    return f1149, f2036, f2929

def f1149():
    return f1150, f2043, f2942

def f1150():
    return f1151, f2050, f2955

def f1151():
    return f1152, f2057, f2968

def f1152():
    return f1153, f2064, f2981

def f1153():
    return f1154, f2071, f2994

def f1154():
    return f1155, f2078, f7

def f1155():
    return f1156, f2085, f20

def f1156():
    return f1157, f2092, f33

def f1157():
    return f1158, f2099, f46

def f1158():
    return f1159, f2106, f59

def f1159():
    return f1160, f2113, f72

def f1160():
    return f1161, f2120, f85

def f1161():
    return f1162, f2127, f98

def f1162():
    return f1163, f2134, f111

def f1163():
    return f1164, f2141, f124

def f1164():
    return f1165, f2148, f137

def f1165():
    return f1166, f2155, f150

def f1166():
    return f1167, f2162, f163

def f1167():
    return f1168, f2169, f176

def f1168():
    return f1169, f2176, f189

def f1169():
    return f1170, f2183, f202

def f1170():
    return f1171, f2190, f215

def f1171():
    return f1172, f2197, f228

def f1172():
    return f1173, f2204, f241

def f1173():
    return f1174, f2211, f254

def f1174():
    return f1175, f2218, f267

def f1175():
    return f1176, f2225, f280

def f1176():
    return f1177, f2232, f293

def f1177():
    return f1178, f2239, f306

def f1178():
    return f1179, f2246, f319

def f1179():
    return f1180, f2253, f332

def f1180():
    return f1181, f2260, f345

def f1181():
    return f1182, f2267, f358

def f1182():
    return f1183, f2274, f371

def f1183():
    return f1184, f2281, f384

def f1184():
    return f1185, f2288, f397

def f1185():
    return f1186, f2295, f410

def f1186():
    return f1187, f2302, f423

def f1187():
    return f1188, f2309, f436

def f1188():
    return f1189, f2316, f449

def f1189():
    return f1190, f2323, f462

def f1190():
    return f1191, f2330, f475

def f1191():
    return f1192, f2337, f488

def f1192():
    return f1193, f2344, f501

def f1193():
    return f1194, f2351, f514

def f1194():
    return f1195, f2358, f527

def f1195():
    return f1196, f2365, f540

def f1196():
    return f1197, f2372, f553

def f1197():
    return f1198, f2379, f566

def f1198():
    return f1199, f2386, f579

def f1199():
    return f1200, f2393, f592

def f1200():
    return f1201, f2400, f605

def f1201():
    return f1202, f2407, f618

def f1202():
    return f1203, f2414, f631

def f1203():
    return f1204, f2421, f644

def f1204():
    return f1205, f2428, f657

def f1205():
    return f1206, f2435, f670

def f1206():
    return f1207, f2442, f683

def f1207():
    return f1208, f2449, f696

def f1208():
    return f1209, f2456, f709

def f1209():
    return f1210, f2463, f722

def f1210():
    return f1211, f2470, f735

def f1211():
    return f1212, f2477, f748

def f1212():
    return f1213, f2484, f761

def f1213():
    return f1214, f2491, f774

def f1214():
    return f1215, f2498, f787

def f1215():
    return f1216, f2505, f800

def f1216():
    return f1217, f2512, f813

def f1217():
    return f1218, f2519, f826

def f1218():
    return f1219, f2526, f839

def f1219():
    return f1220, f2533, f852

def f1220():
    return f1221, f2540, f865

def f1221():
    return f1222, f2547, f878

def f1222():
    return f1223, f2554, f891

def f1223():
    return f1224, f2561, f904

def f1224():
    return f1225, f2568, f917

def f1225():
    return f1226, f2575, f930

def f1226():
    return f1227, f2582, f943

def f1227():
    return f1228, f2589, f956

def f1228():
    return f1229, f2596, f969

def f1229():
    return f1230, f2603, f982

def f1230():
    return f1231, f2610, f995

def f1231():
    return f1232, f2617, f1008

def f1232():
    return f1233, f2624, f1021

def f1233():
    return f1234, f2631, f1034

def f1234():
    return f1235, f2638, f1047

def f1235():
    return f1236, f2645, f1060

def f1236():
    return f1237, f2652, f1073

def f1237():
    return f1238, f2659, f1086

def f1238():
    return f1239, f2666, f1099

def f1239():
    return f1240, f2673, f1112

def f1240():
    return f1241, f2680, f1125

def f1241():
    return f1242, f2687, f1138

def f1242():
    return f1243, f2694, f1151

def f1243():
    return f1244, f2701, f1164

def f1244():
    return f1245, f2708, f1177

def f1245():
    return f1246, f2715, f1190

def f1246():
    return f1247, f2722, f1203

def f1247():
    return f1248, f2729, f1216

def f1248():
    return f1249, f2736, f1229

def f1249():
    return f1250, f2743, f1242

def f1250():
    return f1251, f2750, f1255

def f1251():
    return f1252, f2757, f1268

def f1252():
    return f1253, f2764, f1281

def f1253():
    return f1254, f2771, f1294

def f1254():
    return f1255, f2778, f1307

def f1255():
    return f1256, f2785, f1320

def f1256():
    return f1257, f2792, f1333

def f1257():
    return f1258, f2799, f1346

def f1258():
    return f1259, f2806, f1359

def f1259():
    return f1260, f2813, f1372

def f1260():
    return f1261, f2820, f1385

def f1261():
    return f1262, f2827, f1398

def f1262():
    return f1263, f2834, f1411

def f1263():
    return f1264, f2841, f1424

def f1264():
    return f1265, f2848, f1437

def f1265():
    return f1266, f2855, f1450

def f1266():
    return f1267, f2862, f1463

def f1267():
    return f1268, f2869, f1476

def f1268():
    return f1269, f2876, f1489

def f1269():
    return f1270, f2883, f1502

def f1270():
    return f1271, f2890, f1515

def f1271():
    return f1272, f2897, f1528

def f1272():
    return f1273, f2904, f1541

def f1273():
    return f1274, f2911, f1554

def f1274():
    return f1275, f2918, f1567

def f1275():
    return f1276, f2925, f1580

def f1276():
    return f1277, f2932, f1593

def f1277():
    return f1278, f2939, f1606

def f1278():
    return f1279, f2946, f1619

def f1279():
    return f1280, f2953, f1632

def f1280():
    return f1281, f2960, f1645

def f1281():
    return f1282, f2967, f1658

def f1282():
    return f1283, f2974, f1671

def f1283():
    return f1284, f2981, f1684

def f1284():
    return f1285, f2988, f1697

def f1285():
    return f1286, f2995, f1710

def f1286():
    return f1287, f2, f1723

def f1287():
    return f1288, f9, f1736

def f1288():
    return f1289, f16, f1749

def f1289():
    return f1290, f23, f1762

def f1290():
    return f1291, f30, f1775

def f1291():
    return f1292, f37, f1788

def f1292():
    return f1293, f44, f1801

def f1293():
    return f1294, f51, f1814

def f1294():
    return f1295, f58, f1827

def f1295():
    return f1296, f65, f1840

def f1296():
    return f1297, f72, f1853

def f1297():
    return f1298, f79, f1866

def f1298():
    return f1299, f86, f1879

def f1299():
    return f1300, f93, f1892

def f1300():
    return f1301, f100, f1905

def f1301():
    return f1302, f107, f1918

def f1302():
    return f1303, f114, f1931

def f1303():
    return f1304, f121, f1944

def f1304():
    return f1305, f128, f1957

def f1305():
    return f1306, f135, f1970

def f1306():
    return f1307, f142, f1983

def f1307():
    return f1308, f149, f1996

def f1308():
    return f1309, f156, f2009

def f1309():
    return f1310, f163, f2022

def f1310():
    return f1311, f170, f2035

def f1311():
    return f1312, f177, f2048

def f1312():
    return f1313, f184, f2061

def f1313():
    return f1314, f191, f2074

def f1314():
    return f1315, f198, f2087

def f1315():
    return f1316, f205, f2100

def f1316():
    return f1317, f212, f2113

def f1317():
    return f1318, f219, f2126

def f1318():
    return f1319, f226, f2139

def f1319():
    return f1320, f233, f2152

def f1320():
    return f1321, f240, f2165

def f1321():
    return f1322, f247, f2178

def f1322():
    return f1323, f254, f2191

def f1323():
    return f1324, f261, f2204

def f1324():
    return f1325, f268, f2217

def f1325():
    return f1326, f275, f2230

def f1326():
    return f1327, f282, f2243

def f1327():
    return f1328, f289, f2256

def f1328():
    return f1329, f296, f2269

def f1329():
    return f1330, f303, f2282

def f1330():
    return f1331, f310, f2295

def f1331():
    return f1332, f317, f2308

def f1332():
    return f1333, f324, f2321

def f1333():
    return f1334, f331, f2334

def f1334():
    return f1335, f338, f2347

def f1335():
    return f1336, f345, f2360

def f1336():
    return f1337, f352, f2373

def f1337():
    return f1338, f359, f2386

def f1338():
    return f1339, f366, f2399

def f1339():
    return f1340, f373, f2412

def f1340():
    return f1341, f380, f2425

def f1341():
    return f1342, f387, f2438

def f1342():
    return f1343, f394, f2451

def f1343():
    return f1344, f401, f2464

def f1344():
    return f1345, f408, f2477

def f1345():
    return f1346, f415, f2490

def f1346():
    return f1347, f422, f2503

def f1347():
    return f1348, f429, f2516

def f1348():
    return f1349, f436, f2529

def f1349():
    return f1350, f443, f2542

def f1350():
    return f1351, f450, f2555

def f1351():
    return f1352, f457, f2568

def f1352():
    return f1353, f464, f2581

def f1353():
    return f1354, f471, f2594

def f1354():
    return f1355, f478, f2607

def f1355():
    return f1356, f485, f2620

def f1356():
    return f1357, f492, f2633

def f1357():
    return f1358, f499, f2646

def f1358():
    return f1359, f506, f2659

def f1359():
    return f1360, f513, f2672

def f1360():
    return f1361, f520, f2685

def f1361():
    return f1362, f527, f2698

def f1362():
    return f1363, f534, f2711

def f1363():
    return f1364, f541, f2724

def f1364():
    return f1365, f548, f2737

def f1365():
    return f1366, f555, f2750

def f1366():
    return f1367, f562, f2763

def f1367():
    return f1368, f569, f2776

def f1368():
    return f1369, f576, f2789

def f1369():
    return f1370, f583, f2802

def f1370():
    return f1371, f590, f2815

def f1371():
    return f1372, f597, f2828

def f1372():
    return f1373, f604, f2841

def f1373():
    return f1374, f611, f2854

def f1374():
    return f1375, f618, f2867

def f1375():
    return f1376, f625, f2880

def f1376():
    return f1377, f632, f2893

def f1377():
    return f1378, f639, f2906

def f1378():
    return f1379, f646, f2919

def f1379():
    return f1380, f653, f2932

def f1380():
    return f1381, f660, f2945

def f1381():
    return f1382, f667, f2958

def f1382():
    return f1383, f674, f2971

def f1383():
    return f1384, f681, f2984

def f1384():
    return f1385, f688, f2997

def f1385():
    return f1386, f695, f10

def f1386():
    return f1387, f702, f23

def f1387():
    return f1388, f709, f36

def f1388():
    return f1389, f716, f49

def f1389():
    return f1390, f723, f62

def f1390():
    return f1391, f730, f75

def f1391():
    return f1392, f737, f88

def f1392():
    return f1393, f744, f101

def f1393():
    return f1394, f751, f114

def f1394():
    return f1395, f758, f127

def f1395():
    return f1396, f765, f140

def f1396():
    return f1397, f772, f153

def f1397():
    return f1398, f779, f166

def f1398():
    return f1399, f786, f179

def f1399():
    return f1400, f793, f192

def f1400():
    return f1401, f800, f205

def f1401():
    return f1402, f807, f218

def f1402():
    return f1403, f814, f231

def f1403():
    return f1404, f821, f244

def f1404():
    return f1405, f828, f257

def f1405():
    return f1406, f835, f270

def f1406():
    return f1407, f842, f283

def f1407():
    return f1408, f849, f296

def f1408():
    return f1409, f856, f309

def f1409():
    return f1410, f863, f322

def f1410():
    return f1411, f870, f335

def f1411():
    return f1412, f877, f348

def f1412():
    return f1413, f884, f361

def f1413():
    return f1414, f891, f374

def f1414():
    return f1415, f898, f387

def f1415():
    return f1416, f905, f400

def f1416():
    return f1417, f912, f413

def f1417():
    return f1418, f919, f426

def f1418():
    return f1419, f926, f439

def f1419():
    return f1420, f933, f452

def f1420():
    return f1421, f940, f465

def f1421():
    return f1422, f947, f478

def f1422():
    return f1423, f954, f491

def f1423():
    return f1424, f961, f504

def f1424():
    return f1425, f968, f517

def f1425():
    return f1426, f975, f530

def f1426():
    return f1427, f982, f543

def f1427():
    return f1428, f989, f556

def f1428():
    return f1429, f996, f569

def f1429():
    return f1430, f1003, f582

def f1430():
    return f1431, f1010, f595

def f1431():
    return f1432, f1017, f608

def f1432():
    return f1433, f1024, f621

def f1433():
    return f1434, f1031, f634

def f1434():
    return f1435, f1038, f647

def f1435():
    return f1436, f1045, f660

def f1436():
    return f1437, f1052, f673

def f1437():
    return f1438, f1059, f686

def f1438():
    return f1439, f1066, f699

def f1439():
    return f1440, f1073, f712

def f1440():
    return f1441, f1080, f725

def f1441():
    return f1442, f1087, f738

def f1442():
    return f1443, f1094, f751

def f1443():
    return f1444, f1101, f764

def f1444():
    return f1445, f1108, f777

def f1445():
    return f1446, f1115, f790

def f1446():
    return f1447, f1122, f803

def f1447():
    return f1448, f1129, f816

def f1448():
    return f1449, f1136, f829

def f1449():
    return f1450, f1143, f842

def f1450():
    return f1451, f1150, f855

def f1451():
    return f1452, f1157, f868

def f1452():
    return f1453, f1164, f881

def f1453():
    return f1454, f1171, f894

def f1454():
    return f1455, f1178, f907

def f1455():
    return f1456, f1185, f920

def f1456():
    return f1457, f1192, f933

def f1457():
    return f1458, f1199, f946

def f1458():
    return f1459, f1206, f959

def f1459():
    return f1460, f1213, f972

def f1460():
    return f1461, f1220, f985

def f1461():
    return f1462, f1227, f998

def f1462():
    return f1463, f1234, f1011

def f1463():
    return f1464, f1241, f1024

def f1464():
    return f1465, f1248, f1037

def f1465():
    return f1466, f1255, f1050

def f1466():
    return f1467, f1262, f1063

def f1467():
    return f1468, f1269, f1076

def f1468():
    return f1469, f1276, f1089

def f1469():
    return f1470, f1283, f1102

def f1470():
    return f1471, f1290, f1115

def f1471():
    return f1472, f1297, f1128

def f1472():
    return f1473, f1304, f1141

def f1473():
    return f1474, f1311, f1154

def f1474():
    return f1475, f1318, f1167

def f1475():
    return f1476, f1325, f1180

def f1476():
    return f1477, f1332, f1193

def f1477():
    return f1478, f1339, f1206

def f1478():
    return f1479, f1346, f1219

def f1479():
    return f1480, f1353, f1232

def f1480():
    return f1481, f1360, f1245

def f1481():
    return f1482, f1367, f1258

def f1482():
    return f1483, f1374, f1271

def f1483():
    return f1484, f1381, f1284

def f1484():
    return f1485, f1388, f1297

def f1485():
    return f1486, f1395, f1310

def f1486():
    return f1487, f1402, f1323

def f1487():
    return f1488, f1409, f1336

def f1488():
    return f1489, f1416, f1349

def f1489():
    return f1490, f1423, f1362

def f1490():
    return f1491, f1430, f1375

def f1491():
    return f1492, f1437, f1388

def f1492():
    return f1493, f1444, f1401

def f1493():
    return f1494, f1451, f1414

def f1494():
    return f1495, f1458, f1427

def f1495():
    return f1496, f1465, f1440

def f1496():
    return f1497, f1472, f1453

def f1497():
    return f1498, f1479, f1466

def f1498():
    return f1499, f1486, f1479

def f1499():
    return f1500, f1493, f1492

def f1500():
    return f1501, f1500, f1505

def f1501():
    return f1502, f1507, f1518

def f1502():
    return f1503, f1514, f1531

def f1503():
    return f1504, f1521, f1544

def f1504():
    return f1505, f1528, f1557

def f1505():
    return f1506, f1535, f1570

def f1506():
    return f1507, f1542, f1583

def f1507():
    return f1508, f1549, f1596

def f1508():
    return f1509, f1556, f1609

def f1509():
    return f1510, f1563, f1622

def f1510():
    return f1511, f1570, f1635

def f1511():
    return f1512, f1577, f1648

def f1512():
    return f1513, f1584, f1661

def f1513():
    return f1514, f1591, f1674

def f1514():
    return f1515, f1598, f1687

def f1515():
    return f1516, f1605, f1700

def f1516():
    return f1517, f1612, f1713

def f1517():
    return f1518, f1619, f1726

def f1518():
    return f1519, f1626, f1739

def f1519():
    return f1520, f1633, f1752

def f1520():
    return f1521, f1640, f1765

def f1521():
    return f1522, f1647, f1778

def f1522():
    return f1523, f1654, f1791

def f1523():
    return f1524, f1661, f1804

def f1524():
    return f1525, f1668, f1817

def f1525():
    return f1526, f1675, f1830

def f1526():
    return f1527, f1682, f1843

def f1527():
    return f1528, f1689, f1856

def f1528():
    return f1529, f1696, f1869

def f1529():
    return f1530, f1703, f1882

def f1530():
    return f1531, f1710, f1895

def f1531():
    return f1532, f1717, f1908

def f1532():
    return f1533, f1724, f1921

def f1533():
    return f1534, f1731, f1934

def f1534():
    return f1535, f1738, f1947

def f1535():
    return f1536, f1745, f1960

def f1536():
    return f1537, f1752, f1973

def f1537():
    return f1538, f1759, f1986

def f1538():
    return f1539, f1766, f1999

def f1539():
    return f1540, f1773, f2012

def f1540():
    return f1541, f1780, f2025

def f1541():
    return f1542, f1787, f2038

def f1542():
    return f1543, f1794, f2051

def f1543():
    return f1544, f1801, f2064

def f1544():
    return f1545, f1808, f2077

def f1545():
    return f1546, f1815, f2090

def f1546():
    return f1547, f1822, f2103

def f1547():
    return f1548, f1829, f2116

def f1548():
    return f1549, f1836, f2129

def f1549():
    return f1550, f1843, f2142

def f1550():
    return f1551, f1850, f2155

def f1551():
    return f1552, f1857, f2168

def f1552():
    return f1553, f1864, f2181

def f1553():
    return f1554, f1871, f2194

def f1554():
    return f1555, f1878, f2207

def f1555():
    return f1556, f1885, f2220

def f1556():
    return f1557, f1892, f2233

def f1557():
    return f1558, f1899, f2246

def f1558():
    return f1559, f1906, f2259

def f1559():
    return f1560, f1913, f2272

def f1560():
    return f1561, f1920, f2285

def f1561():
    return f1562, f1927, f2298

def f1562():
    return f1563, f1934, f2311

def f1563():
    return f1564, f1941, f2324

def f1564():
    return f1565, f1948, f2337

def f1565():
    return f1566, f1955, f2350

def f1566():
    return f1567, f1962, f2363

def f1567():
    return f1568, f1969, f2376

def f1568():
    return f1569, f1976, f2389

def f1569():
    return f1570, f1983, f2402

def f1570():
    return f1571, f1990, f2415

def f1571():
    return f1572, f1997, f2428

def f1572():
    return f1573, f2004, f2441

def f1573():
    return f1574, f2011, f2454

def f1574():
    return f1575, f2018, f2467

def f1575():
    return f1576, f2025, f2480

def f1576():
    return f1577, f2032, f2493

def f1577():
    return f1578, f2039, f2506

def f1578():
    return f1579, f2046, f2519

def f1579():
    return f1580, f2053, f2532

def f1580():
    return f1581, f2060, f2545

def f1581():
    return f1582, f2067, f2558

def f1582():
    return f1583, f2074, f2571

def f1583():
    return f1584, f2081, f2584

def f1584():
    return f1585, f2088, f2597

def f1585():
    return f1586, f2095, f2610

def f1586():
    return f1587, f2102, f2623

def f1587():
    return f1588, f2109, f2636

def f1588():
    return f1589, f2116, f2649

def f1589():
    return f1590, f2123, f2662

def f1590():
    return f1591, f2130, f2675

def f1591():
    return f1592, f2137, f2688

def f1592():
    return f1593, f2144, f2701

def f1593():
    return f1594, f2151, f2714

def f1594():
    return f1595, f2158, f2727

def f1595():
    return f1596, f2165, f2740

def f1596():
    return f1597, f2172, f2753

def f1597():
    return f1598, f2179, f2766

def f1598():
    return f1599, f2186, f2779

def f1599():
    return f1600, f2193, f2792

def f1600():
    return f1601, f2200, f2805

def f1601():
    return f1602, f2207, f2818

def f1602():
    return f1603, f2214, f2831

def f1603():
    return f1604, f2221, f2844

def f1604():
    return f1605, f2228, f2857

def f1605():
    return f1606, f2235, f2870

def f1606():
    return f1607, f2242, f2883

def f1607():
    return f1608, f2249, f2896

def f1608():
    return f1609, f2256, f2909

def f1609():
    return f1610, f2263, f2922

def f1610():
    return f1611, f2270, f2935

def f1611():
    return f1612, f2277, f2948

def f1612():
    return f1613, f2284, f2961

def f1613():
    return f1614, f2291, f2974

def f1614():
    return f1615, f2298, f2987

def f1615():
    return f1616, f2305, f0

def f1616():
    return f1617, f2312, f13

def f1617():
    return f1618, f2319, f26

def f1618():
    return f1619, f2326, f39

def f1619():
    return f1620, f2333, f52

def f1620():
    return f1621, f2340, f65

def f1621():
    return f1622, f2347, f78

def f1622():
    return f1623, f2354, f91

def f1623():
    return f1624, f2361, f104

def f1624():
    return f1625, f2368, f117

def f1625():
    return f1626, f2375, f130

def f1626():
    return f1627, f2382, f143

def f1627():
    return f1628, f2389, f156

def f1628():
    return f1629, f2396, f169

def f1629():
    return f1630, f2403, f182

def f1630():
    return f1631, f2410, f195

def f1631():
    return f1632, f2417, f208

def f1632():
    return f1633, f2424, f221

def f1633():
    return f1634, f2431, f234

def f1634():
    return f1635, f2438, f247

def f1635():
    return f1636, f2445, f260

def f1636():
    return f1637, f2452, f273

def f1637():
    return f1638, f2459, f286

def f1638():
    return f1639, f2466, f299

def f1639():
    return f1640, f2473, f312

def f1640():
    return f1641, f2480, f325

def f1641():
    return f1642, f2487, f338

def f1642():
    return f1643, f2494, f351

def f1643():
    return f1644, f2501, f364

def f1644():
    return f1645, f2508, f377

def f1645():
    return f1646, f2515, f390

def f1646():
    return f1647, f2522, f403

def f1647():
    return f1648, f2529, f416

def f1648():
    return f1649, f2536, f429

def f1649():
    return f1650, f2543, f442

def f1650():
    return f1651, f2550, f455

def f1651():
    return f1652, f2557, f468

def f1652():
    return f1653, f2564, f481

def f1653():
    return f1654, f2571, f494

def f1654():
    return f1655, f2578, f507

def f1655():
    return f1656, f2585, f520

def f1656():
    return f1657, f2592, f533

def f1657():
    return f1658, f2599, f546

def f1658():
    return f1659, f2606, f559

def f1659():
    return f1660, f2613, f572

def f1660():
    return f1661, f2620, f585

def f1661():
    return f1662, f2627, f598

def f1662():
    return f1663, f2634, f611

def f1663():
    return f1664, f2641, f624

def f1664():
    return f1665, f2648, f637

def f1665():
    return f1666, f2655, f650

def f1666():
    return f1667, f2662, f663

def f1667():
    return f1668, f2669, f676

def f1668():
    return f1669, f2676, f689

def f1669():
    return f1670, f2683, f702

def f1670():
    return f1671, f2690, f715

def f1671():
    return f1672, f2697, f728

def f1672():
    return f1673, f2704, f741

def f1673():
    return f1674, f2711, f754

def f1674():
    return f1675, f2718, f767

def f1675():
    return f1676, f2725, f780

def f1676():
    return f1677, f2732, f793

def f1677():
    return f1678, f2739, f806

def f1678():
    return f1679, f2746, f819

def f1679():
    return f1680, f2753, f832

def f1680():
    return f1681, f2760, f845

def f1681():
    return f1682, f2767, f858

def f1682():
    return f1683, f2774, f871

def f1683():
    return f1684, f2781, f884

def f1684():
    return f1685, f2788, f897

def f1685():
    return f1686, f2795, f910

def f1686():
    return f1687, f2802, f923

def f1687():
    return f1688, f2809, f936

def f1688():
    return f1689, f2816, f949

def f1689():
    return f1690, f2823, f962

def f1690():
    return f1691, f2830, f975

def f1691():
    return f1692, f2837, f988

def f1692():
    return f1693, f2844, f1001

def f1693():
    return f1694, f2851, f1014

def f1694():
    return f1695, f2858, f1027

def f1695():
    return f1696, f2865, f1040

def f1696():
    return f1697, f2872, f1053

def f1697():
    return f1698, f2879, f1066

def f1698():
    return f1699, f2886, f1079

def f1699():
    return f1700, f2893, f1092

def f1700():
    return f1701, f2900, f1105

def f1701():
    return f1702, f2907, f1118

def f1702():
    return f1703, f2914, f1131

def f1703():
    return f1704, f2921, f1144

def f1704():
    return f1705, f2928, f1157

def f1705():
    return f1706, f2935, f1170

def f1706():
    return f1707, f2942, f1183

def f1707():
    return f1708, f2949, f1196

def f1708():
    return f1709, f2956, f1209

def f1709():
    return f1710, f2963, f1222

def f1710():
    return f1711, f2970, f1235

def f1711():
    return f1712, f2977, f1248

def f1712():
    return f1713, f2984, f1261

def f1713():
    return f1714, f2991, f1274

def f1714():
    return f1715, f2998, f1287

def f1715():
    return f1716, f5, f1300

def f1716():
    return f1717, f12, f1313

def f1717():
    return f1718, f19, f1326

def f1718():
    return f1719, f26, f1339

def f1719():
    return f1720, f33, f1352

def f1720():
    return f1721, f40, f1365

def f1721():
    return f1722, f47, f1378

def f1722():
    return f1723, f54, f1391

def f1723():
    return f1724, f61, f1404

def f1724():
    return f1725, f68, f1417

def f1725():
    return f1726, f75, f1430

def f1726():
    return f1727, f82, f1443

def f1727():
    return f1728, f89, f1456

def f1728():
    return f1729, f96, f1469

def f1729():
    return f1730, f103, f1482

def f1730():
    return f1731, f110, f1495

def f1731():
    return f1732, f117, f1508

def f1732():
    return f1733, f124, f1521

def f1733():
    return f1734, f131, f1534

def f1734():
    return f1735, f138, f1547

def f1735():
    return f1736, f145, f1560

def f1736():
    return f1737, f152, f1573

def f1737():
    return f1738, f159, f1586

def f1738():
    return f1739, f166, f1599

def f1739():
    return f1740, f173, f1612

def f1740():
    return f1741, f180, f1625

def f1741():
    return f1742, f187, f1638

def f1742():
    return f1743, f194, f1651

def f1743():
    return f1744, f201, f1664

def f1744():
    return f1745, f208, f1677

def f1745():
    return f1746, f215, f1690

def f1746():
    return f1747, f222, f1703

def f1747():
    return f1748, f229, f1716

def f1748():
    return f1749, f236, f1729

def f1749():
    return f1750, f243, f1742

def f1750():
    return f1751, f250, f1755

def f1751():
    return f1752, f257, f1768

def f1752():
    return f1753, f264, f1781

def f1753():
    return f1754, f271, f1794

def f1754():
    return f1755, f278, f1807

def f1755():
    return f1756, f285, f1820

def f1756():
    return f1757, f292, f1833

def f1757():
    return f1758, f299, f1846

def f1758():
    return f1759, f306, f1859

def f1759():
    return f1760, f313, f1872

def f1760():
    return f1761, f320, f1885

def f1761():
    return f1762, f327, f1898

def f1762():
    return f1763, f334, f1911

def f1763():
    return f1764, f341, f1924

def f1764():
    return f1765, f348, f1937

def f1765():
    return f1766, f355, f1950

def f1766():
    return f1767, f362, f1963

def f1767():
    return f1768, f369, f1976

def f1768():
    return f1769, f376, f1989

def f1769():
    return f1770, f383, f2002

def f1770():
    return f1771, f390, f2015

def f1771():
    return f1772, f397, f2028

def f1772():
    return f1773, f404, f2041

def f1773():
    return f1774, f411, f2054

def f1774():
    return f1775, f418, f2067

def f1775():
    return f1776, f425, f2080

def f1776():
    return f1777, f432, f2093

def f1777():
    return f1778, f439, f2106

def f1778():
    return f1779, f446, f2119

def f1779():
    return f1780, f453, f2132

def f1780():
    return f1781, f460, f2145

def f1781():
    return f1782, f467, f2158

def f1782():
    return f1783, f474, f2171

def f1783():
    return f1784, f481, f2184

def f1784():
    return f1785, f488, f2197

def f1785():
    return f1786, f495, f2210

def f1786():
    return f1787, f502, f2223

def f1787():
    return f1788, f509, f2236

def f1788():
    return f1789, f516, f2249

def f1789():
    return f1790, f523, f2262

def f1790():
    return f1791, f530, f2275

def f1791():
    return f1792, f537, f2288

def f1792():
    return f1793, f544, f2301

def f1793():
    return f1794, f551, f2314

def f1794():
    return f1795, f558, f2327

def f1795():
    return f1796, f565, f2340

def f1796():
    return f1797, f572, f2353

def f1797():
    return f1798, f579, f2366

def f1798():
    return f1799, f586, f2379

def f1799():
    return f1800, f593, f2392

def f1800():
    return f1801, f600, f2405

def f1801():
    return f1802, f607, f2418

def f1802():
    return f1803, f614, f2431

def f1803():
    return f1804, f621, f2444

def f1804():
    return f1805, f628, f2457

def f1805():
    return f1806, f635, f2470

def f1806():
    return f1807, f642, f2483

def f1807():
    return f1808, f649, f2496

def f1808():
    return f1809, f656, f2509

def f1809():
    return f1810, f663, f2522

def f1810():
    return f1811, f670, f2535

def f1811():
    return f1812, f677, f2548

def f1812():
    return f1813, f684, f2561

def f1813():
    return f1814, f691, f2574

def f1814():
    return f1815, f698, f2587

def f1815():
    return f1816, f705, f2600

def f1816():
    return f1817, f712, f2613

def f1817():
    return f1818, f719, f2626

def f1818():
    return f1819, f726, f2639

def f1819():
    return f1820, f733, f2652

def f1820():
    return f1821, f740, f2665

def f1821():
    return f1822, f747, f2678

def f1822():
    return f1823, f754, f2691

def f1823():
    return f1824, f761, f2704

def f1824():
    return f1825, f768, f2717

def f1825():
    return f1826, f775, f2730

def f1826():
    return f1827, f782, f2743

def f1827():
    return f1828, f789, f2756

def f1828():
    return f1829, f796, f2769

def f1829():
    return f1830, f803, f2782

def f1830():
    return f1831, f810, f2795

def f1831():
    return f1832, f817, f2808

def f1832():
    return f1833, f824, f2821

def f1833():
    return f1834, f831, f2834

def f1834():
    return f1835, f838, f2847

def f1835():
    return f1836, f845, f2860

def f1836():
    return f1837, f852, f2873

def f1837():
    return f1838, f859, f2886

def f1838():
    return f1839, f866, f2899

def f1839():
    return f1840, f873, f2912

def f1840():
    return f1841, f880, f2925

def f1841():
    return f1842, f887, f2938

def f1842():
    return f1843, f894, f2951

def f1843():
    return f1844, f901, f2964

def f1844():
    return f1845, f908, f2977

def f1845():
    return f1846, f915, f2990

def f1846():
    return f1847, f922, f3

def f1847():
    return f1848, f929, f16

def f1848():
    return f1849, f936, f29

def f1849():
    return f1850, f943, f42

def f1850():
    return f1851, f950, f55

def f1851():
    return f1852, f957, f68

def f1852():
    return f1853, f964, f81

def f1853():
    return f1854, f971, f94

def f1854():
    return f1855, f978, f107

def f1855():
    return f1856, f985, f120

def f1856():
    return f1857, f992, f133

def f1857():
    return f1858, f999, f146

def f1858():
    return f1859, f1006, f159

def f1859():
    return f1860, f1013, f172

def f1860():
    return f1861, f1020, f185

def f1861():
    return f1862, f1027, f198

def f1862():
    return f1863, f1034, f211

def f1863():
    return f1864, f1041, f224

def f1864():
    return f1865, f1048, f237

def f1865():
    return f1866, f1055, f250

def f1866():
    return f1867, f1062, f263

def f1867():
    return f1868, f1069, f276

def f1868():
    return f1869, f1076, f289

def f1869():
    return f1870, f1083, f302

def f1870():
    return f1871, f1090, f315

def f1871():
    return f1872, f1097, f328

def f1872():
    return f1873, f1104, f341

def f1873():
    return f1874, f1111, f354

def f1874():
    return f1875, f1118, f367

def f1875():
    return f1876, f1125, f380

def f1876():
    return f1877, f1132, f393

def f1877():
    return f1878, f1139, f406

def f1878():
    return f1879, f1146, f419

def f1879():
    return f1880, f1153, f432

def f1880():
    return f1881, f1160, f445

def f1881():
    return f1882, f1167, f458

def f1882():
    return f1883, f1174, f471

def f1883():
    return f1884, f1181, f484

def f1884():
    return f1885, f1188, f497

def f1885():
    return f1886, f1195, f510

def f1886():
    return f1887, f1202, f523

def f1887():
    return f1888, f1209, f536

def f1888():
    return f1889, f1216, f549

def f1889():
    return f1890, f1223, f562

def f1890():
    return f1891, f1230, f575

def f1891():
    return f1892, f1237, f588

def f1892():
    return f1893, f1244, f601

def f1893():
    return f1894, f1251, f614

def f1894():
    return f1895, f1258, f627

def f1895():
    return f1896, f1265, f640

def f1896():
    return f1897, f1272, f653

def f1897():
    return f1898, f1279, f666

def f1898():
    return f1899, f1286, f679

def f1899():
    return f1900, f1293, f692

def f1900():
    return f1901, f1300, f705

def f1901():
    return f1902, f1307, f718

def f1902():
    return f1903, f1314, f731

def f1903():
    return f1904, f1321, f744

def f1904():
    return f1905, f1328, f757

def f1905():
    return f1906, f1335, f770

def f1906():
    return f1907, f1342, f783

def f1907():
    return f1908, f1349, f796

def f1908():
    return f1909, f1356, f809

def f1909():
    return f1910, f1363, f822

def f1910():
    return f1911, f1370, f835

def f1911():
    return f1912, f1377, f848

def f1912():
    return f1913, f1384, f861

def f1913():
    return f1914, f1391, f874

def f1914():
    return f1915, f1398, f887

def f1915():
    return f1916, f1405, f900

def f1916():
    return f1917, f1412, f913

def f1917():
    return f1918, f1419, f926

def f1918():
    return f1919, f1426, f939

def f1919():
    return f1920, f1433, f952

def f1920():
    return f1921, f1440, f965

def f1921():
    return f1922, f1447, f978

def f1922():
    return f1923, f1454, f991

def f1923():
    return f1924, f1461, f1004

def f1924():
    return f1925, f1468, f1017

def f1925():
    return f1926, f1475, f1030

def f1926():
    return f1927, f1482, f1043

def f1927():
    return f1928, f1489, f1056

def f1928():
    return f1929, f1496, f1069

def f1929():
    return f1930, f1503, f1082

def f1930():
    return f1931, f1510, f1095

def f1931():
    return f1932, f1517, f1108

def f1932():
    return f1933, f1524, f1121

def f1933():
    return f1934, f1531, f1134

def f1934():
    return f1935, f1538, f1147

def f1935():
    return f1936, f1545, f1160

def f1936():
    return f1937, f1552, f1173

def f1937():
    return f1938, f1559, f1186

def f1938():
    return f1939, f1566, f1199

def f1939():
    return f1940, f1573, f1212

def f1940():
    return f1941, f1580, f1225

def f1941():
    return f1942, f1587, f1238

def f1942():
    return f1943, f1594, f1251

def f1943():
    return f1944, f1601, f1264

def f1944():
    return f1945, f1608, f1277

def f1945():
    return f1946, f1615, f1290

def f1946():
    return f1947, f1622, f1303

def f1947():
    return f1948, f1629, f1316

def f1948():
    return f1949, f1636, f1329

def f1949():
    return f1950, f1643, f1342

def f1950():
    return f1951, f1650, f1355

def f1951():
    return f1952, f1657, f1368

def f1952():
    return f1953, f1664, f1381

def f1953():
    return f1954, f1671, f1394

def f1954():
    return f1955, f1678, f1407

def f1955():
    return f1956, f1685, f1420

def f1956():
    return f1957, f1692, f1433

def f1957():
    return f1958, f1699, f1446

def f1958():
    return f1959, f1706, f1459

def f1959():
    return f1960, f1713, f1472

def f1960():
    return f1961, f1720, f1485

def f1961():
    return f1962, f1727, f1498

def f1962():
    return f1963, f1734, f1511

def f1963():
    return f1964, f1741, f1524

def f1964():
    return f1965, f1748, f1537

def f1965():
    return f1966, f1755, f1550

def f1966():
    return f1967, f1762, f1563

def f1967():
    return f1968, f1769, f1576

def f1968():
    return f1969, f1776, f1589

def f1969():
    return f1970, f1783, f1602

def f1970():
    return f1971, f1790, f1615

def f1971():
    return f1972, f1797, f1628

def f1972():
    return f1973, f1804, f1641

def f1973():
    return f1974, f1811, f1654

def f1974():
    return f1975, f1818, f1667

def f1975():
    return f1976, f1825, f1680

def f1976():
    return f1977, f1832, f1693

def f1977():
    return f1978, f1839, f1706

def f1978():
    return f1979, f1846, f1719

def f1979():
    return f1980, f1853, f1732

def f1980():
    return f1981, f1860, f1745

def f1981():
    return f1982, f1867, f1758

def f1982():
    return f1983, f1874, f1771

def f1983():
    return f1984, f1881, f1784

def f1984():
    return f1985, f1888, f1797

def f1985():
    return f1986, f1895, f1810

def f1986():
    return f1987, f1902, f1823

def f1987():
    return f1988, f1909, f1836

def f1988():
    return f1989, f1916, f1849

def f1989():
    return f1990, f1923, f1862

def f1990():
    return f1991, f1930, f1875

def f1991():
    return f1992, f1937, f1888

def f1992():
    return f1993, f1944, f1901

def f1993():
    return f1994, f1951, f1914

def f1994():
    return f1995, f1958, f1927

def f1995():
    return f1996, f1965, f1940

def f1996():
    return f1997, f1972, f1953

def f1997():
    return f1998, f1979, f1966

def f1998():
    return f1999, f1986, f1979

def f1999():
    return f2000, f1993, f1992

def f2000():
    return f2001, f2000, f2005

def f2001():
    return f2002, f2007, f2018

def f2002():
    return f2003, f2014, f2031

def f2003():
    return f2004, f2021, f2044

def f2004():
    return f2005, f2028, f2057

def f2005():
    return f2006, f2035, f2070

def f2006():
    return f2007, f2042, f2083

def f2007():
    return f2008, f2049, f2096

def f2008():
    return f2009, f2056, f2109

def f2009():
    return f2010, f2063, f2122

def f2010():
    return f2011, f2070, f2135

def f2011():
    return f2012, f2077, f2148

def f2012():
    return f2013, f2084, f2161

def f2013():
    return f2014, f2091, f2174

def f2014():
    return f2015, f2098, f2187

def f2015():
    return f2016, f2105, f2200

def f2016():
    return f2017, f2112, f2213

def f2017():
    return f2018, f2119, f2226

def f2018():
    return f2019, f2126, f2239

def f2019():
    return f2020, f2133, f2252

def f2020():
    return f2021, f2140, f2265

def f2021():
    return f2022, f2147, f2278

def f2022():
    return f2023, f2154, f2291

def f2023():
    return f2024, f2161, f2304

def f2024():
    return f2025, f2168, f2317

def f2025():
    return f2026, f2175, f2330

def f2026():
    return f2027, f2182, f2343

def f2027():
    return f2028, f2189, f2356

def f2028():
    return f2029, f2196, f2369

def f2029():
    return f2030, f2203, f2382

def f2030():
    return f2031, f2210, f2395

def f2031():
    return f2032, f2217, f2408

def f2032():
    return f2033, f2224, f2421

def f2033():
    return f2034, f2231, f2434

def f2034():
    return f2035, f2238, f2447

def f2035():
    return f2036, f2245, f2460

def f2036():
    return f2037, f2252, f2473

def f2037():
    return f2038, f2259, f2486

def f2038():
    return f2039, f2266, f2499

def f2039():
    return f2040, f2273, f2512

def f2040():
    return f2041, f2280, f2525

def f2041():
    return f2042, f2287, f2538

def f2042():
    return f2043, f2294, f2551

def f2043():
    return f2044, f2301, f2564

def f2044():
    return f2045, f2308, f2577

def f2045():
    return f2046, f2315, f2590

def f2046():
    return f2047, f2322, f2603

def f2047():
    return f2048, f2329, f2616

def f2048():
    return f2049, f2336, f2629

def f2049():
    return f2050, f2343, f2642

def f2050():
    return f2051, f2350, f2655

def f2051():
    return f2052, f2357, f2668

def f2052():
    return f2053, f2364, f2681

def f2053():
    return f2054, f2371, f2694

def f2054():
    return f2055, f2378, f2707

def f2055():
    return f2056, f2385, f2720

def f2056():
    return f2057, f2392, f2733

def f2057():
    return f2058, f2399, f2746

def f2058():
    return f2059, f2406, f2759

def f2059():
    return f2060, f2413, f2772

def f2060():
    return f2061, f2420, f2785

def f2061():
    return f2062, f2427, f2798

def f2062():
    return f2063, f2434, f2811

def f2063():
    return f2064, f2441, f2824

def f2064():
    return f2065, f2448, f2837

def f2065():
    return f2066, f2455, f2850

def f2066():
    return f2067, f2462, f2863

def f2067():
    return f2068, f2469, f2876

def f2068():
    return f2069, f2476, f2889

def f2069():
    return f2070, f2483, f2902

def f2070():
    return f2071, f2490, f2915

def f2071():
    return f2072, f2497, f2928

def f2072():
    return f2073, f2504, f2941

def f2073():
    return f2074, f2511, f2954

def f2074():
    return f2075, f2518, f2967

def f2075():
    return f2076, f2525, f2980

def f2076():
    return f2077, f2532, f2993

def f2077():
    return f2078, f2539, f6

def f2078():
    return f2079, f2546, f19

def f2079():
    return f2080, f2553, f32

def f2080():
    return f2081, f2560, f45

def f2081():
    return f2082, f2567, f58

def f2082():
    return f2083, f2574, f71

def f2083():
    return f2084, f2581, f84

def f2084():
    return f2085, f2588, f97

def f2085():
    return f2086, f2595, f110

def f2086():
    return f2087, f2602, f123

def f2087():
    return f2088, f2609, f136

def f2088():
    return f2089, f2616, f149

def f2089():
    return f2090, f2623, f162

def f2090():
    return f2091, f2630, f175

def f2091():
    return f2092, f2637, f188

def f2092():
    return f2093, f2644, f201

def f2093():
    return f2094, f2651, f214

def f2094():
    return f2095, f2658, f227

def f2095():
    return f2096, f2665, f240

def f2096():
    return f2097, f2672, f253

def f2097():
    return f2098, f2679, f266

def f2098():
    return f2099, f2686, f279

def f2099():
    return f2100, f2693, f292

def f2100():
    return f2101, f2700, f305

def f2101():
    return f2102, f2707, f318

def f2102():
    return f2103, f2714, f331

def f2103():
    return f2104, f2721, f344

def f2104():
    return f2105, f2728, f357

def f2105():
    return f2106, f2735, f370

def f2106():
    return f2107, f2742, f383

def f2107():
    return f2108, f2749, f396

def f2108():
    return f2109, f2756, f409

def f2109():
    return f2110, f2763, f422

def f2110():
    return f2111, f2770, f435

def f2111():
    return f2112, f2777, f448

def f2112():
    return f2113, f2784, f461

def f2113():
    return f2114, f2791, f474

def f2114():
    return f2115, f2798, f487

def f2115():
    return f2116, f2805, f500

def f2116():
    return f2117, f2812, f513

def f2117():
    return f2118, f2819, f526

def f2118():
    return f2119, f2826, f539

def f2119():
    return f2120, f2833, f552

def f2120():
    return f2121, f2840, f565

def f2121():
    return f2122, f2847, f578

def f2122():
    return f2123, f2854, f591

def f2123():
    return f2124, f2861, f604

def f2124():
    return f2125, f2868, f617

def f2125():
    return f2126, f2875, f630

def f2126():
    return f2127, f2882, f643

def f2127():
    return f2128, f2889, f656

def f2128():
    return f2129, f2896, f669

def f2129():
    return f2130, f2903, f682

def f2130():
    return f2131, f2910, f695

def f2131():
    return f2132, f2917, f708

def f2132():
    return f2133, f2924, f721

def f2133():
    return f2134, f2931, f734

def f2134():
    return f2135, f2938, f747

def f2135():
    return f2136, f2945, f760

def f2136():
    return f2137, f2952, f773

def f2137():
    return f2138, f2959, f786

def f2138():
    return f2139, f2966, f799

def f2139():
    return f2140, f2973, f812

def f2140():
    return f2141, f2980, f825

def f2141():
    return f2142, f2987, f838

def f2142():
    return f2143, f2994, f851

def f2143():
    return f2144, f1, f864

def f2144():
    return f2145, f8, f877

def f2145():
    return f2146, f15, f890

def f2146():
    return f2147, f22, f903

def f2147():
    return f2148, f29, f916

def f2148():
    return f2149, f36, f929

def f2149():
    return f2150, f43, f942

def f2150():
    return f2151, f50, f955

def f2151():
    return f2152, f57, f968

def f2152():
    return f2153, f64, f981

def f2153():
    return f2154, f71, f994

def f2154():
    return f2155, f78, f1007

def f2155():
    return f2156, f85, f1020

def f2156():
    return f2157, f92, f1033

def f2157():
    return f2158, f99, f1046

def f2158():
    return f2159, f106, f1059

def f2159():
    return f2160, f113, f1072

def f2160():
    return f2161, f120, f1085

def f2161():
    return f2162, f127, f1098

def f2162():
    return f2163, f134, f1111

def f2163():
    return f2164, f141, f1124

def f2164():
    return f2165, f148, f1137

def f2165():
    return f2166, f155, f1150

def f2166():
    return f2167, f162, f1163

def f2167():
    return f2168, f169, f1176

def f2168():
    return f2169, f176, f1189

def f2169():
    return f2170, f183, f1202

def f2170():
    return f2171, f190, f1215

def f2171():
    return f2172, f197, f1228

def f2172():
    return f2173, f204, f1241

def f2173():
    return f2174, f211, f1254

def f2174():
    return f2175, f218, f1267

def f2175():
    return f2176, f225, f1280

def f2176():
    return f2177, f232, f1293

def f2177():
    return f2178, f239, f1306

def f2178():
    return f2179, f246, f1319

def f2179():
    return f2180, f253, f1332

def f2180():
    return f2181, f260, f1345

def f2181():
    return f2182, f267, f1358

def f2182():
    return f2183, f274, f1371

def f2183():
    return f2184, f281, f1384

def f2184():
    return f2185, f288, f1397

def f2185():
    return f2186, f295, f1410

def f2186():
    return f2187, f302, f1423

def f2187():
    return f2188, f309, f1436

def f2188():
    return f2189, f316, f1449

def f2189():
    return f2190, f323, f1462

def f2190():
    return f2191, f330, f1475

def f2191():
    return f2192, f337, f1488

def f2192():
    return f2193, f344, f1501

def f2193():
    return f2194, f351, f1514

def f2194():
    return f2195, f358, f1527

def f2195():
    return f2196, f365, f1540

def f2196():
    return f2197, f372, f1553

def f2197():
    return f2198, f379, f1566

def f2198():
    return f2199, f386, f1579

def f2199():
    return f2200, f393, f1592

def f2200():
    return f2201, f400, f1605

def f2201():
    return f2202, f407, f1618

def f2202():
    return f2203, f414, f1631

def f2203():
    return f2204, f421, f1644

def f2204():
    return f2205, f428, f1657

def f2205():
    return f2206, f435, f1670

def f2206():
    return f2207, f442, f1683

def f2207():
    return f2208, f449, f1696

def f2208():
    return f2209, f456, f1709

def f2209():
    return f2210, f463, f1722

def f2210():
    return f2211, f470, f1735

def f2211():
    return f2212, f477, f1748

def f2212():
    return f2213, f484, f1761

def f2213():
    return f2214, f491, f1774

def f2214():
    return f2215, f498, f1787

def f2215():
    return f2216, f505, f1800

def f2216():
    return f2217, f512, f1813

def f2217():
    return f2218, f519, f1826

def f2218():
    return f2219, f526, f1839

def f2219():
    return f2220, f533, f1852

def f2220():
    return f2221, f540, f1865

def f2221():
    return f2222, f547, f1878

def f2222():
    return f2223, f554, f1891

def f2223():
    return f2224, f561, f1904

def f2224():
    return f2225, f568, f1917

def f2225():
    return f2226, f575, f1930

def f2226():
    return f2227, f582, f1943

def f2227():
    return f2228, f589, f1956

def f2228():
    return f2229, f596, f1969

def f2229():
    return f2230, f603, f1982

def f2230():
    return f2231, f610, f1995

def f2231():
    return f2232, f617, f2008

def f2232():
    return f2233, f624, f2021

def f2233():
    return f2234, f631, f2034

def f2234():
    return f2235, f638, f2047

def f2235():
    return f2236, f645, f2060

def f2236():
    return f2237, f652, f2073

def f2237():
    return f2238, f659, f2086

def f2238():
    return f2239, f666, f2099

def f2239():
    return f2240, f673, f2112

def f2240():
    return f2241, f680, f2125

def f2241():
    return f2242, f687, f2138

def f2242():
    return f2243, f694, f2151

def f2243():
    return f2244, f701, f2164

def f2244():
    return f2245, f708, f2177

def f2245():
    return f2246, f715, f2190

def f2246():
    return f2247, f722, f2203

def f2247():
    return f2248, f729, f2216

def f2248():
    return f2249, f736, f2229

def f2249():
    return f2250, f743, f2242

def f2250():
    return f2251, f750, f2255

def f2251():
    return f2252, f757, f2268

def f2252():
    return f2253, f764, f2281

def f2253():
    return f2254, f771, f2294

def f2254():
    return f2255, f778, f2307

def f2255():
    return f2256, f785, f2320

def f2256():
    return f2257, f792, f2333

def f2257():
    return f2258, f799, f2346

def f2258():
    return f2259, f806, f2359

def f2259():
    return f2260, f813, f2372

def f2260():
    return f2261, f820, f2385

def f2261():
    return f2262, f827, f2398

def f2262():
    return f2263, f834, f2411

def f2263():
    return f2264, f841, f2424

def f2264():
    return f2265, f848, f2437

def f2265():
    return f2266, f855, f2450

def f2266():
    return f2267, f862, f2463

def f2267():
    return f2268, f869, f2476

def f2268():
    return f2269, f876, f2489

def f2269():
    return f2270, f883, f2502

def f2270():
    return f2271, f890, f2515

def f2271():
    return f2272, f897, f2528

def f2272():
    return f2273, f904, f2541

def f2273():
    return f2274, f911, f2554

def f2274():
    return f2275, f918, f2567

def f2275():
    return f2276, f925, f2580

def f2276():
    return f2277, f932, f2593

def f2277():
    return f2278, f939, f2606

def f2278():
    return f2279, f946, f2619

def f2279():
    return f2280, f953, f2632

def f2280():
    return f2281, f960, f2645

def f2281():
    return f2282, f967, f2658

def f2282():
    return f2283, f974, f2671

def f2283():
    return f2284, f981, f2684

def f2284():
    return f2285, f988, f2697

def f2285():
    return f2286, f995, f2710

def f2286():
    return f2287, f1002, f2723

def f2287():
    return f2288, f1009, f2736

def f2288():
    return f2289, f1016, f2749

def f2289():
    return f2290, f1023, f2762

def f2290():
    return f2291, f1030, f2775

def f2291():
    return f2292, f1037, f2788

def f2292():
    return f2293, f1044, f2801

def f2293():
    return f2294, f1051, f2814

def f2294():
    return f2295, f1058, f2827

def f2295():
    return f2296, f1065, f2840

def f2296():
    return f2297, f1072, f2853

def f2297():
    return f2298, f1079, f2866

def f2298():
    return f2299, f1086, f2879

def f2299():
    return f2300, f1093, f2892

def f2300():
    return f2301, f1100, f2905

def f2301():
    return f2302, f1107, f2918

def f2302():
    return f2303, f1114, f2931

def f2303():
    return f2304, f1121, f2944

def f2304():
    return f2305, f1128, f2957

def f2305():
    return f2306, f1135, f2970

def f2306():
    return f2307, f1142, f2983

def f2307():
    return f2308, f1149, f2996

def f2308():
    return f2309, f1156, f9

def f2309():
    return f2310, f1163, f22

def f2310():
    return f2311, f1170, f35

def f2311():
    return f2312, f1177, f48

def f2312():
    return f2313, f1184, f61

def f2313():
    return f2314, f1191, f74

def f2314():
    return f2315, f1198, f87

def f2315():
    return f2316, f1205, f100

def f2316():
    return f2317, f1212, f113

def f2317():
    return f2318, f1219, f126

def f2318():
    return f2319, f1226, f139

def f2319():
    return f2320, f1233, f152

def f2320():
    return f2321, f1240, f165

def f2321():
    return f2322, f1247, f178

def f2322():
    return f2323, f1254, f191

def f2323():
    return f2324, f1261, f204

def f2324():
    return f2325, f1268, f217

def f2325():
    return f2326, f1275, f230

def f2326():
    return f2327, f1282, f243

def f2327():
    return f2328, f1289, f256

def f2328():
    return f2329, f1296, f269

def f2329():
    return f2330, f1303, f282

def f2330():
    return f2331, f1310, f295

def f2331():
    return f2332, f1317, f308

def f2332():
    return f2333, f1324, f321

def f2333():
    return f2334, f1331, f334

def f2334():
    return f2335, f1338, f347

def f2335():
    return f2336, f1345, f360

def f2336():
    return f2337, f1352, f373

def f2337():
    return f2338, f1359, f386

def f2338():
    return f2339, f1366, f399

def f2339():
    return f2340, f1373, f412

def f2340():
    return f2341, f1380, f425

def f2341():
    return f2342, f1387, f438

def f2342():
    return f2343, f1394, f451

def f2343():
    return f2344, f1401, f464

def f2344():
    return f2345, f1408, f477

def f2345():
    return f2346, f1415, f490

def f2346():
    return f2347, f1422, f503

def f2347():
    return f2348, f1429, f516

def f2348():
    return f2349, f1436, f529

def f2349():
    return f2350, f1443, f542

def f2350():
    return f2351, f1450, f555

def f2351():
    return f2352, f1457, f568

def f2352():
    return f2353, f1464, f581

def f2353():
    return f2354, f1471, f594

def f2354():
    return f2355, f1478, f607

def f2355():
    return f2356, f1485, f620

def f2356():
    return f2357, f1492, f633

def f2357():
    return f2358, f1499, f646

def f2358():
    return f2359, f1506, f659

def f2359():
    return f2360, f1513, f672

def f2360():
    return f2361, f1520, f685

def f2361():
    return f2362, f1527, f698

def f2362():
    return f2363, f1534, f711

def f2363():
    return f2364, f1541, f724

def f2364():
    return f2365, f1548, f737

def f2365():
    return f2366, f1555, f750

def f2366():
    return f2367, f1562, f763

def f2367():
    return f2368, f1569, f776

def f2368():
    return f2369, f1576, f789

def f2369():
    return f2370, f1583, f802

def f2370():
    return f2371, f1590, f815

def f2371():
    return f2372, f1597, f828

def f2372():
    return f2373, f1604, f841

def f2373():
    return f2374, f1611, f854

def f2374():
    return f2375, f1618, f867

def f2375():
    return f2376, f1625, f880

def f2376():
    return f2377, f1632, f893

def f2377():
    return f2378, f1639, f906

def f2378():
    return f2379, f1646, f919

def f2379():
    return f2380, f1653, f932

def f2380():
    return f2381, f1660, f945

def f2381():
    return f2382, f1667, f958

def f2382():
    return f2383, f1674, f971

def f2383():
    return f2384, f1681, f984

def f2384():
    return f2385, f1688, f997

def f2385():
    return f2386, f1695, f1010

def f2386():
    return f2387, f1702, f1023

def f2387():
    return f2388, f1709, f1036

def f2388():
    return f2389, f1716, f1049

def f2389():
    return f2390, f1723, f1062

def f2390():
    return f2391, f1730, f1075

def f2391():
    return f2392, f1737, f1088

def f2392():
    return f2393, f1744, f1101

def f2393():
    return f2394, f1751, f1114

def f2394():
    return f2395, f1758, f1127

def f2395():
    return f2396, f1765, f1140

def f2396():
    return f2397, f1772, f1153

def f2397():
    return f2398, f1779, f1166

def f2398():
    return f2399, f1786, f1179

def f2399():
    return f2400, f1793, f1192

def f2400():
    return f2401, f1800, f1205

def f2401():
    return f2402, f1807, f1218

def f2402():
    return f2403, f1814, f1231

def f2403():
    return f2404, f1821, f1244

def f2404():
    return f2405, f1828, f1257

def f2405():
    return f2406, f1835, f1270

def f2406():
    return f2407, f1842, f1283

def f2407():
    return f2408, f1849, f1296

def f2408():
    return f2409, f1856, f1309

def f2409():
    return f2410, f1863, f1322

def f2410():
    return f2411, f1870, f1335

def f2411():
    return f2412, f1877, f1348

def f2412():
    return f2413, f1884, f1361

def f2413():
    return f2414, f1891, f1374

def f2414():
    return f2415, f1898, f1387

def f2415():
    return f2416, f1905, f1400

def f2416():
    return f2417, f1912, f1413

def f2417():
    return f2418, f1919, f1426

def f2418():
    return f2419, f1926, f1439

def f2419():
    return f2420, f1933, f1452

def f2420():
    return f2421, f1940, f1465

def f2421():
    return f2422, f1947, f1478

def f2422():
    return f2423, f1954, f1491

def f2423():
    return f2424, f1961, f1504

def f2424():
    return f2425, f1968, f1517

def f2425():
    return f2426, f1975, f1530

def f2426():
    return f2427, f1982, f1543

def f2427():
    return f2428, f1989, f1556

def f2428():
    return f2429, f1996, f1569

def f2429():
    return f2430, f2003, f1582

def f2430():
    return f2431, f2010, f1595

def f2431():
    return f2432, f2017, f1608

def f2432():
    return f2433, f2024, f1621

def f2433():
    return f2434, f2031, f1634

def f2434():
    return f2435, f2038, f1647

def f2435():
    return f2436, f2045, f1660

def f2436():
    return f2437, f2052, f1673

def f2437():
    return f2438, f2059, f1686

def f2438():
    return f2439, f2066, f1699

def f2439():
    return f2440, f2073, f1712

def f2440():
    return f2441, f2080, f1725

def f2441():
    return f2442, f2087, f1738

def f2442():
    return f2443, f2094, f1751

def f2443():
    return f2444, f2101, f1764

def f2444():
    return f2445, f2108, f1777

def f2445():
    return f2446, f2115, f1790

def f2446():
    return f2447, f2122, f1803

def f2447():
    return f2448, f2129, f1816

def f2448():
    return f2449, f2136, f1829

def f2449():
    return f2450, f2143, f1842

def f2450():
    return f2451, f2150, f1855

def f2451():
    return f2452, f2157, f1868

def f2452():
    return f2453, f2164, f1881

def f2453():
    return f2454, f2171, f1894

def f2454():
    return f2455, f2178, f1907

def f2455():
    return f2456, f2185, f1920

def f2456():
    return f2457, f2192, f1933

def f2457():
    return f2458, f2199, f1946

def f2458():
    return f2459, f2206, f1959

def f2459():
    return f2460, f2213, f1972

def f2460():
    return f2461, f2220, f1985

def f2461():
    return f2462, f2227, f1998

def f2462():
    return f2463, f2234, f2011

def f2463():
    return f2464, f2241, f2024

def f2464():
    return f2465, f2248, f2037

def f2465():
    return f2466, f2255, f2050

def f2466():
    return f2467, f2262, f2063

def f2467():
    return f2468, f2269, f2076

def f2468():
    return f2469, f2276, f2089

def f2469():
    return f2470, f2283, f2102

def f2470():
    return f2471, f2290, f2115

def f2471():
    return f2472, f2297, f2128

def f2472():
    return f2473, f2304, f2141

def f2473():
    return f2474, f2311, f2154

def f2474():
    return f2475, f2318, f2167

def f2475():
    return f2476, f2325, f2180

def f2476():
    return f2477, f2332, f2193

def f2477():
    return f2478, f2339, f2206

def f2478():
    return f2479, f2346, f2219

def f2479():
    return f2480, f2353, f2232

def f2480():
    return f2481, f2360, f2245

def f2481():
    return f2482, f2367, f2258

def f2482():
    return f2483, f2374, f2271

def f2483():
    return f2484, f2381, f2284

def f2484():
    return f2485, f2388, f2297

def f2485():
    return f2486, f2395, f2310

def f2486():
    return f2487, f2402, f2323

def f2487():
    return f2488, f2409, f2336

def f2488():
    return f2489, f2416, f2349

def f2489():
    return f2490, f2423, f2362

def f2490():
    return f2491, f2430, f2375

def f2491():
    return f2492, f2437, f2388

def f2492():
    return f2493, f2444, f2401

def f2493():
    return f2494, f2451, f2414

def f2494():
    return f2495, f2458, f2427

def f2495():
    return f2496, f2465, f2440

def f2496():
    return f2497, f2472, f2453

def f2497():
    return f2498, f2479, f2466

def f2498():
    return f2499, f2486, f2479

def f2499():
    return f2500, f2493, f2492

def f2500():
    return f2501, f2500, f2505

def f2501():
    return f2502, f2507, f2518

def f2502():
    return f2503, f2514, f2531

def f2503():
    return f2504, f2521, f2544

def f2504():
    return f2505, f2528, f2557

def f2505():
    return f2506, f2535, f2570

def f2506():
    return f2507, f2542, f2583

def f2507():
    return f2508, f2549, f2596

def f2508():
    return f2509, f2556, f2609

def f2509():
    return f2510, f2563, f2622

def f2510():
    return f2511, f2570, f2635

def f2511():
    return f2512, f2577, f2648

def f2512():
    return f2513, f2584, f2661

def f2513():
    return f2514, f2591, f2674

def f2514():
    return f2515, f2598, f2687

def f2515():
    return f2516, f2605, f2700

def f2516():
    return f2517, f2612, f2713

def f2517():
    return f2518, f2619, f2726

def f2518():
    return f2519, f2626, f2739

def f2519():
    return f2520, f2633, f2752

def f2520():
    return f2521, f2640, f2765

def f2521():
    return f2522, f2647, f2778

def f2522():
    return f2523, f2654, f2791

def f2523():
    return f2524, f2661, f2804

def f2524():
    return f2525, f2668, f2817

def f2525():
    return f2526, f2675, f2830

def f2526():
    return f2527, f2682, f2843

def f2527():
    return f2528, f2689, f2856

def f2528():
    return f2529, f2696, f2869

def f2529():
    return f2530, f2703, f2882

def f2530():
    return f2531, f2710, f2895

def f2531():
    return f2532, f2717, f2908

def f2532():
    return f2533, f2724, f2921

def f2533():
    return f2534, f2731, f2934

def f2534():
    return f2535, f2738, f2947

def f2535():
    return f2536, f2745, f2960

def f2536():
    return f2537, f2752, f2973

def f2537():
    return f2538, f2759, f2986

def f2538():
    return f2539, f2766, f2999

def f2539():
    return f2540, f2773, f12

def f2540():
    return f2541, f2780, f25

def f2541():
    return f2542, f2787, f38

def f2542():
    return f2543, f2794, f51

def f2543():
    return f2544, f2801, f64

def f2544():
    return f2545, f2808, f77

def f2545():
    return f2546, f2815, f90

def f2546():
    return f2547, f2822, f103

def f2547():
    return f2548, f2829, f116

def f2548():
    return f2549, f2836, f129

def f2549():
    return f2550, f2843, f142

def f2550():
    return f2551, f2850, f155

def f2551():
    return f2552, f2857, f168

def f2552():
    return f2553, f2864, f181

def f2553():
    return f2554, f2871, f194

def f2554():
    return f2555, f2878, f207

def f2555():
    return f2556, f2885, f220

def f2556():
    return f2557, f2892, f233

def f2557():
    return f2558, f2899, f246

def f2558():
    return f2559, f2906, f259

def f2559():
    return f2560, f2913, f272

def f2560():
    return f2561, f2920, f285

def f2561():
    return f2562, f2927, f298

def f2562():
    return f2563, f2934, f311

def f2563():
    return f2564, f2941, f324

def f2564():
    return f2565, f2948, f337

def f2565():
    return f2566, f2955, f350

def f2566():
    return f2567, f2962, f363

def f2567():
    return f2568, f2969, f376

def f2568():
    return f2569, f2976, f389

def f2569():
    return f2570, f2983, f402

def f2570():
    return f2571, f2990, f415

def f2571():
    return f2572, f2997, f428

def f2572():
    return f2573, f4, f441

def f2573():
    return f2574, f11, f454

def f2574():
    return f2575, f18, f467

def f2575():
    return f2576, f25, f480

def f2576():
    return f2577, f32, f493

def f2577():
    return f2578, f39, f506

def f2578():
    return f2579, f46, f519

def f2579():
    return f2580, f53, f532

def f2580():
    return f2581, f60, f545

def f2581():
    return f2582, f67, f558

def f2582():
    return f2583, f74, f571

def f2583():
    return f2584, f81, f584

def f2584():
    return f2585, f88, f597

def f2585():
    return f2586, f95, f610

def f2586():
    return f2587, f102, f623

def f2587():
    return f2588, f109, f636

def f2588():
    return f2589, f116, f649

def f2589():
    return f2590, f123, f662

def f2590():
    return f2591, f130, f675

def f2591():
    return f2592, f137, f688

def f2592():
    return f2593, f144, f701

def f2593():
    return f2594, f151, f714

def f2594():
    return f2595, f158, f727

def f2595():
    return f2596, f165, f740

def f2596():
    return f2597, f172, f753

def f2597():
    return f2598, f179, f766

def f2598():
    return f2599, f186, f779

def f2599():
    return f2600, f193, f792

def f2600():
    return f2601, f200, f805

def f2601():
    return f2602, f207, f818

def f2602():
    return f2603, f214, f831

def f2603():
    return f2604, f221, f844

def f2604():
    return f2605, f228, f857

def f2605():
    return f2606, f235, f870

def f2606():
    return f2607, f242, f883

def f2607():
    return f2608, f249, f896

def f2608():
    return f2609, f256, f909

def f2609():
    return f2610, f263, f922

def f2610():
    return f2611, f270, f935

def f2611():
    return f2612, f277, f948

def f2612():
    return f2613, f284, f961

def f2613():
    return f2614, f291, f974

def f2614():
    return f2615, f298, f987

def f2615():
    return f2616, f305, f1000

def f2616():
    return f2617, f312, f1013

def f2617():
    return f2618, f319, f1026

def f2618():
    return f2619, f326, f1039

def f2619():
    return f2620, f333, f1052

def f2620():
    return f2621, f340, f1065

def f2621():
    return f2622, f347, f1078

def f2622():
    return f2623, f354, f1091

def f2623():
    return f2624, f361, f1104

def f2624():
    return f2625, f368, f1117

def f2625():
    return f2626, f375, f1130

def f2626():
    return f2627, f382, f1143

def f2627():
    return f2628, f389, f1156

def f2628():
    return f2629, f396, f1169

def f2629():
    return f2630, f403, f1182

def f2630():
    return f2631, f410, f1195

def f2631():
    return f2632, f417, f1208

def f2632():
    return f2633, f424, f1221

def f2633():
    return f2634, f431, f1234

def f2634():
    return f2635, f438, f1247

def f2635():
    return f2636, f445, f1260

def f2636():
    return f2637, f452, f1273

def f2637():
    return f2638, f459, f1286

def f2638():
    return f2639, f466, f1299

def f2639():
    return f2640, f473, f1312

def f2640():
    return f2641, f480, f1325

def f2641():
    return f2642, f487, f1338

def f2642():
    return f2643, f494, f1351

def f2643():
    return f2644, f501, f1364

def f2644():
    return f2645, f508, f1377

def f2645():
    return f2646, f515, f1390

def f2646():
    return f2647, f522, f1403

def f2647():
    return f2648, f529, f1416

def f2648():
    return f2649, f536, f1429

def f2649():
    return f2650, f543, f1442

def f2650():
    return f2651, f550, f1455

def f2651():
    return f2652, f557, f1468

def f2652():
    return f2653, f564, f1481

def f2653():
    return f2654, f571, f1494

def f2654():
    return f2655, f578, f1507

def f2655():
    return f2656, f585, f1520

def f2656():
    return f2657, f592, f1533

def f2657():
    return f2658, f599, f1546

def f2658():
    return f2659, f606, f1559

def f2659():
    return f2660, f613, f1572

def f2660():
    return f2661, f620, f1585

def f2661():
    return f2662, f627, f1598

def f2662():
    return f2663, f634, f1611

def f2663():
    return f2664, f641, f1624

def f2664():
    return f2665, f648, f1637

def f2665():
    return f2666, f655, f1650

def f2666():
    return f2667, f662, f1663

def f2667():
    return f2668, f669, f1676

def f2668():
    return f2669, f676, f1689

def f2669():
    return f2670, f683, f1702

def f2670():
    return f2671, f690, f1715

def f2671():
    return f2672, f697, f1728

def f2672():
    return f2673, f704, f1741

def f2673():
    return f2674, f711, f1754

def f2674():
    return f2675, f718, f1767

def f2675():
    return f2676, f725, f1780

def f2676():
    return f2677, f732, f1793

def f2677():
    return f2678, f739, f1806

def f2678():
    return f2679, f746, f1819

def f2679():
    return f2680, f753, f1832

def f2680():
    return f2681, f760, f1845

def f2681():
    return f2682, f767, f1858

def f2682():
    return f2683, f774, f1871

def f2683():
    return f2684, f781, f1884

def f2684():
    return f2685, f788, f1897

def f2685():
    return f2686, f795, f1910

def f2686():
    return f2687, f802, f1923

def f2687():
    return f2688, f809, f1936

def f2688():
    return f2689, f816, f1949

def f2689():
    return f2690, f823, f1962

def f2690():
    return f2691, f830, f1975

def f2691():
    return f2692, f837, f1988

def f2692():
    return f2693, f844, f2001

def f2693():
    return f2694, f851, f2014

def f2694():
    return f2695, f858, f2027

def f2695():
    return f2696, f865, f2040

def f2696():
    return f2697, f872, f2053

def f2697():
    return f2698, f879, f2066

def f2698():
    return f2699, f886, f2079

def f2699():
    return f2700, f893, f2092

def f2700():
    return f2701, f900, f2105

def f2701():
    return f2702, f907, f2118

def f2702():
    return f2703, f914, f2131

def f2703():
    return f2704, f921, f2144

def f2704():
    return f2705, f928, f2157

def f2705():
    return f2706, f935, f2170

def f2706():
    return f2707, f942, f2183

def f2707():
    return f2708, f949, f2196

def f2708():
    return f2709, f956, f2209

def f2709():
    return f2710, f963, f2222

def f2710():
    return f2711, f970, f2235

def f2711():
    return f2712, f977, f2248

def f2712():
    return f2713, f984, f2261

def f2713():
    return f2714, f991, f2274

def f2714():
    return f2715, f998, f2287

def f2715():
    return f2716, f1005, f2300

def f2716():
    return f2717, f1012, f2313

def f2717():
    return f2718, f1019, f2326

def f2718():
    return f2719, f1026, f2339

def f2719():
    return f2720, f1033, f2352

def f2720():
    return f2721, f1040, f2365

def f2721():
    return f2722, f1047, f2378

def f2722():
    return f2723, f1054, f2391

def f2723():
    return f2724, f1061, f2404

def f2724():
    return f2725, f1068, f2417

def f2725():
    return f2726, f1075, f2430

def f2726():
    return f2727, f1082, f2443

def f2727():
    return f2728, f1089, f2456

def f2728():
    return f2729, f1096, f2469

def f2729():
    return f2730, f1103, f2482

def f2730():
    return f2731, f1110, f2495

def f2731():
    return f2732, f1117, f2508

def f2732():
    return f2733, f1124, f2521

def f2733():
    return f2734, f1131, f2534

def f2734():
    return f2735, f1138, f2547

def f2735():
    return f2736, f1145, f2560

def f2736():
    return f2737, f1152, f2573

def f2737():
    return f2738, f1159, f2586

def f2738():
    return f2739, f1166, f2599

def f2739():
    return f2740, f1173, f2612

def f2740():
    return f2741, f1180, f2625

def f2741():
    return f2742, f1187, f2638

def f2742():
    return f2743, f1194, f2651

def f2743():
    return f2744, f1201, f2664

def f2744():
    return f2745, f1208, f2677

def f2745():
    return f2746, f1215, f2690

def f2746():
    return f2747, f1222, f2703

def f2747():
    return f2748, f1229, f2716

def f2748():
    return f2749, f1236, f2729

def f2749():
    return f2750, f1243, f2742

def f2750():
    return f2751, f1250, f2755

def f2751():
    return f2752, f1257, f2768

def f2752():
    return f2753, f1264, f2781

def f2753():
    return f2754, f1271, f2794

def f2754():
    return f2755, f1278, f2807

def f2755():
    return f2756, f1285, f2820

def f2756():
    return f2757, f1292, f2833

def f2757():
    return f2758, f1299, f2846

def f2758():
    return f2759, f1306, f2859

def f2759():
    return f2760, f1313, f2872

def f2760():
    return f2761, f1320, f2885

def f2761():
    return f2762, f1327, f2898

def f2762():
    return f2763, f1334, f2911

def f2763():
    return f2764, f1341, f2924

def f2764():
    return f2765, f1348, f2937

def f2765():
    return f2766, f1355, f2950

def f2766():
    return f2767, f1362, f2963

def f2767():
    return f2768, f1369, f2976

def f2768():
    return f2769, f1376, f2989

def f2769():
    return f2770, f1383, f2

def f2770():
    return f2771, f1390, f15

def f2771():
    return f2772, f1397, f28

def f2772():
    return f2773, f1404, f41

def f2773():
    return f2774, f1411, f54

def f2774():
    return f2775, f1418, f67

def f2775():
    return f2776, f1425, f80

def f2776():
    return f2777, f1432, f93

def f2777():
    return f2778, f1439, f106

def f2778():
    return f2779, f1446, f119

def f2779():
    return f2780, f1453, f132

def f2780():
    return f2781, f1460, f145

def f2781():
    return f2782, f1467, f158

def f2782():
    return f2783, f1474, f171

def f2783():
    return f2784, f1481, f184

def f2784():
    return f2785, f1488, f197

def f2785():
    return f2786, f1495, f210

def f2786():
    return f2787, f1502, f223

def f2787():
    return f2788, f1509, f236

def f2788():
    return f2789, f1516, f249

def f2789():
    return f2790, f1523, f262

def f2790():
    return f2791, f1530, f275

def f2791():
    return f2792, f1537, f288

def f2792():
    return f2793, f1544, f301

def f2793():
    return f2794, f1551, f314

def f2794():
    return f2795, f1558, f327

def f2795():
    return f2796, f1565, f340

def f2796():
    return f2797, f1572, f353

def f2797():
    return f2798, f1579, f366

def f2798():
    return f2799, f1586, f379

def f2799():
    return f2800, f1593, f392

def f2800():
    return f2801, f1600, f405

def f2801():
    return f2802, f1607, f418

def f2802():
    return f2803, f1614, f431

def f2803():
    return f2804, f1621, f444

def f2804():
    return f2805, f1628, f457

def f2805():
    return f2806, f1635, f470

def f2806():
    return f2807, f1642, f483

def f2807():
    return f2808, f1649, f496

def f2808():
    return f2809, f1656, f509

def f2809():
    return f2810, f1663, f522

def f2810():
    return f2811, f1670, f535

def f2811():
    return f2812, f1677, f548

def f2812():
    return f2813, f1684, f561

def f2813():
    return f2814, f1691, f574

def f2814():
    return f2815, f1698, f587

def f2815():
    return f2816, f1705, f600

def f2816():
    return f2817, f1712, f613

def f2817():
    return f2818, f1719, f626

def f2818():
    return f2819, f1726, f639

def f2819():
    return f2820, f1733, f652

def f2820():
    return f2821, f1740, f665

def f2821():
    return f2822, f1747, f678

def f2822():
    return f2823, f1754, f691

def f2823():
    return f2824, f1761, f704

def f2824():
    return f2825, f1768, f717

def f2825():
    return f2826, f1775, f730

def f2826():
    return f2827, f1782, f743

def f2827():
    return f2828, f1789, f756

def f2828():
    return f2829, f1796, f769

def f2829():
    return f2830, f1803, f782

def f2830():
    return f2831, f1810, f795

def f2831():
    return f2832, f1817, f808

def f2832():
    return f2833, f1824, f821

def f2833():
    return f2834, f1831, f834

def f2834():
    return f2835, f1838, f847

def f2835():
    return f2836, f1845, f860

def f2836():
    return f2837, f1852, f873

def f2837():
    return f2838, f1859, f886

def f2838():
    return f2839, f1866, f899

def f2839():
    return f2840, f1873, f912

def f2840():
    return f2841, f1880, f925

def f2841():
    return f2842, f1887, f938

def f2842():
    return f2843, f1894, f951

def f2843():
    return f2844, f1901, f964

def f2844():
    return f2845, f1908, f977

def f2845():
    return f2846, f1915, f990

def f2846():
    return f2847, f1922, f1003

def f2847():
    return f2848, f1929, f1016

def f2848():
    return f2849, f1936, f1029

def f2849():
    return f2850, f1943, f1042

def f2850():
    return f2851, f1950, f1055

def f2851():
    return f2852, f1957, f1068

def f2852():
    return f2853, f1964, f1081

def f2853():
    return f2854, f1971, f1094

def f2854():
    return f2855, f1978, f1107

def f2855():
    return f2856, f1985, f1120

def f2856():
    return f2857, f1992, f1133

def f2857():
    return f2858, f1999, f1146

def f2858():
    return f2859, f2006, f1159

def f2859():
    return f2860, f2013, f1172

def f2860():
    return f2861, f2020, f1185

def f2861():
    return f2862, f2027, f1198

def f2862():
    return f2863, f2034, f1211

def f2863():
    return f2864, f2041, f1224

def f2864():
    return f2865, f2048, f1237

def f2865():
    return f2866, f2055, f1250

def f2866():
    return f2867, f2062, f1263

def f2867():
    return f2868, f2069, f1276

def f2868():
    return f2869, f2076, f1289

def f2869():
    return f2870, f2083, f1302

def f2870():
    return f2871, f2090, f1315

def f2871():
    return f2872, f2097, f1328

def f2872():
    return f2873, f2104, f1341

def f2873():
    return f2874, f2111, f1354

def f2874():
    return f2875, f2118, f1367

def f2875():
    return f2876, f2125, f1380

def f2876():
    return f2877, f2132, f1393

def f2877():
    return f2878, f2139, f1406

def f2878():
    return f2879, f2146, f1419

def f2879():
    return f2880, f2153, f1432

def f2880():
    return f2881, f2160, f1445

def f2881():
    return f2882, f2167, f1458

def f2882():
    return f2883, f2174, f1471

def f2883():
    return f2884, f2181, f1484

def f2884():
    return f2885, f2188, f1497

def f2885():
    return f2886, f2195, f1510

def f2886():
    return f2887, f2202, f1523

def f2887():
    return f2888, f2209, f1536

def f2888():
    return f2889, f2216, f1549

def f2889():
    return f2890, f2223, f1562

def f2890():
    return f2891, f2230, f1575

def f2891():
    return f2892, f2237, f1588

def f2892():
    return f2893, f2244, f1601

def f2893():
    return f2894, f2251, f1614

def f2894():
    return f2895, f2258, f1627

def f2895():
    return f2896, f2265, f1640

def f2896():
    return f2897, f2272, f1653

def f2897():
    return f2898, f2279, f1666

def f2898():
    return f2899, f2286, f1679

def f2899():
    return f2900, f2293, f1692

def f2900():
    return f2901, f2300, f1705

def f2901():
    return f2902, f2307, f1718

def f2902():
    return f2903, f2314, f1731

def f2903():
    return f2904, f2321, f1744

def f2904():
    return f2905, f2328, f1757

def f2905():
    return f2906, f2335, f1770

def f2906():
    return f2907, f2342, f1783

def f2907():
    return f2908, f2349, f1796

def f2908():
    return f2909, f2356, f1809

def f2909():
    return f2910, f2363, f1822

def f2910():
    return f2911, f2370, f1835

def f2911():
    return f2912, f2377, f1848

def f2912():
    return f2913, f2384, f1861

def f2913():
    return f2914, f2391, f1874

def f2914():
    return f2915, f2398, f1887

def f2915():
    return f2916, f2405, f1900

def f2916():
    return f2917, f2412, f1913

def f2917():
    return f2918, f2419, f1926

def f2918():
    return f2919, f2426, f1939

def f2919():
    return f2920, f2433, f1952

def f2920():
    return f2921, f2440, f1965

def f2921():
    return f2922, f2447, f1978

def f2922():
    return f2923, f2454, f1991

def f2923():
    return f2924, f2461, f2004

def f2924():
    return f2925, f2468, f2017

def f2925():
    return f2926, f2475, f2030

def f2926():
    return f2927, f2482, f2043

def f2927():
    return f2928, f2489, f2056

def f2928():
    return f2929, f2496, f2069

def f2929():
    return f2930, f2503, f2082

def f2930():
    return f2931, f2510, f2095

def f2931():
    return f2932, f2517, f2108

def f2932():
    return f2933, f2524, f2121

def f2933():
    return f2934, f2531, f2134

def f2934():
    return f2935, f2538, f2147

def f2935():
    return f2936, f2545, f2160

def f2936():
    return f2937, f2552, f2173

def f2937():
    return f2938, f2559, f2186

def f2938():
    return f2939, f2566, f2199

def f2939():
    return f2940, f2573, f2212

def f2940():
    return f2941, f2580, f2225

def f2941():
    return f2942, f2587, f2238

def f2942():
    return f2943, f2594, f2251

def f2943():
    return f2944, f2601, f2264

def f2944():
    return f2945, f2608, f2277

def f2945():
    return f2946, f2615, f2290

def f2946():
    return f2947, f2622, f2303

def f2947():
    return f2948, f2629, f2316

def f2948():
    return f2949, f2636, f2329

def f2949():
    return f2950, f2643, f2342

def f2950():
    return f2951, f2650, f2355

def f2951():
    return f2952, f2657, f2368

def f2952():
    return f2953, f2664, f2381

def f2953():
    return f2954, f2671, f2394

def f2954():
    return f2955, f2678, f2407

def f2955():
    return f2956, f2685, f2420

def f2956():
    return f2957, f2692, f2433

def f2957():
    return f2958, f2699, f2446

def f2958():
    return f2959, f2706, f2459

def f2959():
    return f2960, f2713, f2472

def f2960():
    return f2961, f2720, f2485

def f2961():
    return f2962, f2727, f2498

def f2962():
    return f2963, f2734, f2511

def f2963():
    return f2964, f2741, f2524

def f2964():
    return f2965, f2748, f2537

def f2965():
    return f2966, f2755, f2550

def f2966():
    return f2967, f2762, f2563

def f2967():
    return f2968, f2769, f2576

def f2968():
    return f2969, f2776, f2589

def f2969():
    return f2970, f2783, f2602

def f2970():
    return f2971, f2790, f2615

def f2971():
    return f2972, f2797, f2628

def f2972():
    return f2973, f2804, f2641

def f2973():
    return f2974, f2811, f2654

def f2974():
    return f2975, f2818, f2667

def f2975():
    return f2976, f2825, f2680

def f2976():
    return f2977, f2832, f2693

def f2977():
    return f2978, f2839, f2706

def f2978():
    return f2979, f2846, f2719

def f2979():
    return f2980, f2853, f2732

def f2980():
    return f2981, f2860, f2745

def f2981():
    return f2982, f2867, f2758

def f2982():
    return f2983, f2874, f2771

def f2983():
    return f2984, f2881, f2784

def f2984():
    return f2985, f2888, f2797

def f2985():
    return f2986, f2895, f2810

def f2986():
    return f2987, f2902, f2823

def f2987():
    return f2988, f2909, f2836

def f2988():
    return f2989, f2916, f2849

def f2989():
    return f2990, f2923, f2862

def f2990():
    return f2991, f2930, f2875

def f2991():
    return f2992, f2937, f2888

def f2992():
    return f2993, f2944, f2901

def f2993():
    return f2994, f2951, f2914

def f2994():
    return f2995, f2958, f2927

def f2995():
    return f2996, f2965, f2940

def f2996():
    return f2997, f2972, f2953

def f2997():
    return f2998, f2979, f2966

def f2998():
    return f2999, f2986, f2979

def f2999():
    return f0, f2993, f2992


def softmax(a):
    return f0 and None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
