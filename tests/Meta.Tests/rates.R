# Writes rates.json, the expected numbers of RatesGolden. Run from this folder: Rscript rates.R
suppressMessages({ library(metafor); library(jsonlite); library(lme4) })
# Anticoagulants against stroke in atrial fibrillation: strokes and person-years in two arms (Hart et al. 1999).
hart <- dat.hart1999[, c("x1i", "t1i", "x2i", "t2i")]
# Catheter infections: bloodstream infections and catheter days in two arms, several zeros (Niel-Weise et al. 2008).
catheters <- dat.nielweise2008[, c("x1i", "t1i", "x2i", "t2i")]
sparse <- data.frame(x1i = c(0, 2, 0, 5, 1), t1i = c(40.5, 58, 25, 95, 79), x2i = c(3, 4, 0, 9, 0), t2i = c(37, 60, 25.5, 91, 80))
tight <- list(threshold = 1e-11, maxiter = 100000)
effects <- function(d, measure, ...) escalc(measure, x1i = d$x1i, t1i = d$t1i, x2i = d$x2i, t2i = d$t2i, ...)
case <- function(d, measure, to) {
  e <- effects(d, measure, to = to)
  f <- rma(e$yi, e$vi, method = "REML", control = tight)
  list(measure = measure, rule = to, yi = as.numeric(e$yi), vi = as.numeric(e$vi), estimate = c(f$beta), se = f$se, tau2 = f$tau2)
}
exact <- function(d) {
  g <- suppressWarnings(rma.glmm(measure = "IRR", x1i = d$x1i, t1i = d$t1i, x2i = d$x2i, t2i = d$t2i, model = "UM.FS", nAGQ = 25,
                                 control = list(optCtrl = list(maxfun = 1e6))))
  list(estimate = c(g$beta), se = g$se, tau2 = g$tau2)
}
write_json(list(source = paste(R.version.string, ", metafor", packageVersion("metafor"), ", lme4", packageVersion("lme4")),
                tables = list(hart = hart, catheters = catheters, sparse = sparse),
                cases = list(catheters = list(case(catheters, "IRR", "only0")), hart = list(case(hart, "IRR", "only0"), case(hart, "IRD", "only0")), sparse = list(case(sparse, "IRR", "only0"), case(sparse, "IRR", "all"), case(sparse, "IRR", "if0all"), case(sparse, "IRD", "only0"))),
                exact = list(hart = exact(hart), catheters = exact(catheters), sparse = exact(sparse[-3, ]))),
           "rates.json", digits = 16, auto_unbox = TRUE, dataframe = "columns", pretty = TRUE)
