# Writes metafor.json, the expected numbers of MetaforGolden. Run from this folder: Rscript metafor.R
library(metafor)
library(jsonlite)

tight <- list(threshold = 1e-11, tol = 1e-12, maxiter = 100000, tau2.max = 1e5)
ci <- function(fit) {
  if (fit$method == "FE") return(NULL)
  v <- confint(fit, control = list(tol = 1e-13, maxiter = 10000, tau2.max = 1e5))$random
  list(tau2_lower = v["tau^2", 2], tau2_upper = v["tau^2", 3], i2_lower = v["I^2(%)", 2], i2_upper = v["I^2(%)", 3])
}

fit <- function(name, effects, method, test = "z", level = 95, pi = "default") {
  iterative <- method %in% c("ML", "REML", "EB")
  f <- rma(effects$yi, effects$vi, method = method, test = test, level = level, control = if (iterative || method == "PM") tight else list())
  p <- if (pi == "riley") predict(f, pi.type = "riley") else predict(f)
  b <- if (method == "FE") NULL else blup(f)
  list(data = name, method = method, test = test, level = level, prediction = pi,
       expected = c(list(estimate = c(f$beta), se = f$se, statistic = f$zval, p = f$pval, lower = f$ci.lb, upper = f$ci.ub,
                         tau2 = f$tau2, q = f$QE, qp = f$QEp, i2 = f$I2, h2 = f$H2,
                         prediction_lower = if (method == "FE") p$ci.lb else p$pi.lb, prediction_upper = if (method == "FE") p$ci.ub else p$pi.ub,
                         weights = unname(weights(f)) / 100,
                         blup = b$pred, blup_se = b$se, blup_lower = b$pi.lb, blup_upper = b$pi.ub), ci(f)))
}

bcg <- dat.bcg[, c("tpos", "tneg", "cpos", "cneg")]
names(bcg) <- c("a", "b", "c", "d")
# Events are rare; one arm without events, one study without any, one where everybody has the event.
sparse <- data.frame(a = c(0, 2, 0, 5, 1, 12), b = c(40, 58, 25, 95, 79, 0), c = c(3, 4, 0, 9, 0, 10), d = c(37, 56, 25, 91, 80, 2))
normand <- dat.normand1999[, c("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")]
names(normand) <- c("m1", "s1", "n1", "m2", "s2", "n2")
agreeing <- data.frame(yi = c(.20, .25, .18, .22, .30), vi = c(.04, .09, .02, .05, .12))
far <- data.frame(yi = c(-3, 5, 40, 0.1), vi = c(1e-4, 2, .5, 30))

counts <- function(d, measure, ...) escalc(measure, ai = d$a, bi = d$b, ci = d$c, di = d$d, ...)
means <- function(d, measure) escalc(measure, m1i = d$m1, sd1i = d$s1, n1i = d$n1, m2i = d$m2, sd2i = d$s2, n2i = d$n2)
effects <- list()
effect <- function(name, e, ...) effects[[name]] <<- c(list(...), list(yi = as.numeric(e$yi), vi = as.numeric(e$vi)))
for (m in c("OR", "RR", "RD")) {
  effect(paste0("bcg_", m), counts(bcg, m), table = "bcg", measure = m, rule = "only0")
  for (to in c("only0", "all", "if0all")) effect(paste("sparse", m, to, sep = "_"), counts(sparse, m, to = to), table = "sparse", measure = m, rule = to)
}
for (m in c("MD", "SMD")) effect(paste0("normand_", m), means(normand, m), table = "normand", measure = m)

fits <- list()
add <- function(...) fits[[length(fits) + 1]] <<- fit(...)
sets <- list(bcg_OR = effects$bcg_OR, bcg_RD = effects$bcg_RD, sparse_OR_only0 = effects$sparse_OR_only0, normand_SMD = effects$normand_SMD, agreeing = agreeing, far = far)
for (n in names(sets)) for (m in c("FE", "DL", "PM", "EB", "ML", "REML", "HS", "HE", "SJ")) add(n, sets[[n]], m)
for (n in names(sets)) for (t in c("knha", "adhoc")) add(n, sets[[n]], "REML", test = t)
add("bcg_OR", effects$bcg_OR, "REML", level = 90)
add("bcg_OR", effects$bcg_OR, "DL", pi = "riley")
add("bcg_OR", effects$bcg_OR, "REML", test = "knha", level = 90, pi = "riley")

bcgOr <- effects$bcg_OR
leave <- leave1out(rma(bcgOr$yi, bcgOr$vi, method = "REML", control = tight))
egger <- lapply(list(bcg_OR = bcgOr, normand_SMD = effects$normand_SMD), function(e) {
  r <- regtest(e$yi, vi = e$vi, model = "lm")
  list(z = r$zval, p = r$pval, df = r$dfs, limit = r$est, limit_lower = r$ci.lb, limit_upper = r$ci.ub)
})
exact <- lapply(list(bcg = bcg, sparse = sparse[-6, ]), function(d) {
  g <- suppressWarnings(rma.glmm(measure = "OR", ai = d$a, bi = d$b, ci = d$c, di = d$d, model = "UM.FS", nAGQ = 25))
  list(estimate = c(g$beta), se = g$se, tau2 = g$tau2)
})
write_json(list(source = paste(R.version.string, ", metafor", packageVersion("metafor")),
                tables = list(bcg = bcg, sparse = sparse, normand = normand), effects = effects,
                sets = list(agreeing = agreeing, far = far),
                fits = fits, leaveOneOut = list(estimate = leave$estimate, se = leave$se, tau2 = leave$tau2, i2 = leave$I2),
                egger = egger, exact = exact),
           "metafor.json", digits = 16, auto_unbox = TRUE, dataframe = "columns", null = "null", pretty = TRUE)
