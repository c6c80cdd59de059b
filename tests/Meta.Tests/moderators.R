# Writes moderators.json: numbers of metafor and clubSandwich for meta-regression, several effects a study,
# Mantel-Haenszel, Peto, single arms.
# Run: Rscript moderators.R > moderators.json
suppressMessages({ library(metafor); library(clubSandwich); library(jsonlite) })
ctl <- list(threshold = 1e-11, maxiter = 100000, tol = 1e-12)
bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)

regression <- function(formula, method, test) {
  fit <- if (method %in% c("REML", "ML", "EB"))
    rma(yi, vi, mods = formula, data = bcg, method = method, test = test, control = ctl)
  else rma(yi, vi, mods = formula, data = bcg, method = method, test = test, control = list(tol = 1e-14))
  at <- switch(length(coef(fit)), NULL, c(30), c(30, 1, 0), c(30, 0, 1))
  pred <- predict(fit, newmods = if (length(coef(fit)) == 4) c(30, 0, 1) else 30)
  list(formula = sub("~ *", "", deparse(formula)), method = method, test = test, names = names(coef(fit)),
    estimate = as.vector(fit$beta), se = fit$se, p = as.vector(fit$pval), lower = as.vector(fit$ci.lb), upper = as.vector(fit$ci.ub),
    tau2 = fit$tau2, QE = fit$QE, QEp = fit$QEp, QM = fit$QM, QMp = fit$QMp, R2 = if (is.null(fit$R2)) NA else fit$R2,
    I2 = fit$I2, H2 = fit$H2,
    pred = pred$pred, predSe = pred$se, predLower = pred$ci.lb, predUpper = pred$ci.ub, piLower = pred$pi.lb, piUpper = pred$pi.ub)
}
regressions <- list()
for (formula in list(~ ablat, ~ ablat + alloc))
  for (method in c("REML", "ML", "DL", "PM", "EB", "HS", "HE", "SJ", "FE"))
    for (test in if (method == "FE") "z" else c("z", "knha", "adhoc"))
      regressions[[length(regressions) + 1]] <- regression(formula, method, test)

kon <- dat.konstantopoulos2011
multi <- function(formula, random, method) {
  fit <- rma.mv(yi, vi, mods = formula, random = random, data = kon, method = method,
    control = list(rel.tol = 1e-9))
  robust <- coef_test(fit, vcov = "CR2", cluster = kon$district)
  q <- length(coef(fit))
  limits <- if (method == "REML" && length(fit$sigma2) == 2 && q == 1)
    unlist(lapply(1:2, function(i) confint(fit, sigma2 = i, control = list(tol = 1e-10))$random[1, 2:3])) else NA
  out <- list(profile = unname(limits), method = method, estimate = as.vector(fit$beta), se = fit$se, sigma2 = fit$sigma2, logLik = as.numeric(logLik(fit)),
    QE = fit$QE, QM = if (q > 1) fit$QM else NA,
    robustSe = robust$SE, robustDf = robust$df, robustP = robust$p_Satt)
  if (q > 2) {
    w <- Wald_test(fit, constraints = constrain_zero(2:q), vcov = "CR2", cluster = kon$district, test = "HTZ")
    out <- c(out, list(htzF = w$Fstat, htzDf = w$df_denom, htzP = w$p_val))
  }
  out
}
kon$y2 <- (kon$year - 1990)^2 / 100
kon$y1 <- (kon$year - 1990) / 10
multilevel <- list(
  nested = multi(~ 1, ~ 1 | district / school, "REML"),
  nestedMl = multi(~ 1, ~ 1 | district / school, "ML"),
  district = multi(~ 1, ~ 1 | district, "REML"),
  moderated = multi(~ y1 + y2, ~ 1 | district / school, "REML"))
plain <- rma(yi, vi, mods = ~ y1, data = kon, method = "REML", control = ctl)
plainRobust <- coef_test(plain, vcov = "CR2", cluster = kon$district)

tables <- fromJSON("metafor.json")$tables
mh <- function(table, measure) {
  t <- tables[[table]]
  fit <- rma.mh(measure = measure, ai = t$a, bi = t$b, ci = t$c, di = t$d, correct = FALSE)
  one <- function(x) if (is.null(x) || length(x) == 0) NA else as.numeric(x)
  list(table = table, measure = measure, estimate = as.numeric(fit$beta), se = fit$se, lower = fit$ci.lb, upper = fit$ci.ub,
    p = as.numeric(fit$pval), QE = fit$QE, QEp = fit$QEp, cmh = one(fit$MH), cmhP = one(fit$MHp), bd = one(fit$BD), bdP = one(fit$BDp), tarone = one(fit$TA), taroneP = one(fit$TAp))
}
mhs <- list()
for (table in c("bcg", "sparse")) for (measure in c("OR", "RR", "RD")) mhs[[length(mhs) + 1]] <- mh(table, measure)
peto <- lapply(c("bcg", "sparse"), function(table) {
  t <- tables[[table]]
  fit <- rma.peto(ai = t$a, bi = t$b, ci = t$c, di = t$d, add = 0, to = "none")
  list(table = table, estimate = as.numeric(fit$beta), se = fit$se, p = as.numeric(fit$pval), q = fit$QE, qp = fit$QEp)
})
smoke <- list(x1 = c(12, 8, 0, 15, 4), t1 = c(1200.5, 610, 300, 905.25, 410), x2 = c(20, 11, 2, 14, 9), t2 = c(1100, 650.5, 310, 880, 395))
mhIrr <- lapply(c("IRR", "IRD"), function(measure) {
  fit <- rma.mh(measure = measure, x1i = smoke$x1, t1i = smoke$t1, x2i = smoke$x2, t2i = smoke$t2, add = 0, to = "none", correct = FALSE)
  list(measure = measure, estimate = as.numeric(fit$beta), se = fit$se, p = as.numeric(fit$pval))
})

arm <- list(x = c(0, 3, 12, 45, 7, 2, 88), n = c(14, 40, 61, 310, 22, 95, 1204))
arms <- lapply(c("PR", "PLN", "PLO", "PAS", "PFT"), function(measure) {
  e <- escalc(measure = measure, xi = arm$x, ni = arm$n)
  fit <- rma(e, method = "REML", control = ctl)
  list(measure = measure, yi = as.vector(e$yi), vi = e$vi, estimate = as.numeric(fit$beta), se = fit$se, tau2 = fit$tau2)
})
armGlmm <- rma.glmm(measure = "PLO", xi = arm$x, ni = arm$n, nAGQ = 25)
time <- list(x = c(0, 3, 12, 45, 7, 2, 88), t = c(140.5, 402, 610, 3105, 221, 952, 12040))
rates <- lapply(c("IR", "IRLN", "IRS", "IRFT"), function(measure) {
  e <- escalc(measure = measure, xi = time$x, ti = time$t)
  fit <- rma(e, method = "REML", control = ctl)
  list(measure = measure, yi = as.vector(e$yi), vi = e$vi, estimate = as.numeric(fit$beta), se = fit$se, tau2 = fit$tau2)
})
rateGlmm <- rma.glmm(measure = "IRLN", xi = time$x, ti = time$t, nAGQ = 25)
hm <- 1 / mean(1 / arm$n)
pft <- arms[[5]]
back <- transf.ipft.hm(pft$estimate, targs = list(ni = arm$n))

cat(toJSON(list(
  software = paste("metafor", packageVersion("metafor"), "clubSandwich", packageVersion("clubSandwich"), R.version.string),
  bcg = list(yi = as.vector(bcg$yi), vi = bcg$vi, ablat = bcg$ablat, alloc = bcg$alloc),
  regressions = regressions,
  konstantopoulos = list(district = kon$district, school = kon$school, y1 = kon$y1, y2 = kon$y2, yi = as.vector(kon$yi), vi = kon$vi),
  multilevel = multilevel,
  plain = list(estimate = as.vector(plain$beta), tau2 = plain$tau2, robustSe = plainRobust$SE, robustDf = plainRobust$df),
  mantelHaenszel = mhs, peto = peto, person = smoke, mantelHaenszelRates = mhIrr,
  arm = arm, arms = arms, armGlmm = list(estimate = as.numeric(armGlmm$beta), se = armGlmm$se, tau2 = armGlmm$tau2),
  time = time, rates = rates, rateGlmm = list(estimate = as.numeric(rateGlmm$beta), se = rateGlmm$se, tau2 = rateGlmm$tau2),
  freemanTukey = list(harmonic = hm, back = back)),
  auto_unbox = TRUE, digits = NA, pretty = TRUE, na = "null"))
