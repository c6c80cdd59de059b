# Conditional predictions of glmmTMB (Laplace) on the link scale, with standard errors that hold what is unknown of the random effects and of the parameters.
# Rscript predictions.R ../../reference/data > predictions.json
suppressMessages({library(glmmTMB); library(jsonlite)})
dir <- commandArgs(TRUE)[1]
read <- function(name) read.csv(file.path(dir, paste0(name, ".csv")))
tight <- glmmTMBControl(optCtrl = list(rel.tol = 1e-14, x.tol = 1e-12, iter.max = 2000, eval.max = 4000))
out <- function(formula, data, family, rows) {
  f <- glmmTMB(formula, data, family, control = tight)
  p <- predict(f, se.fit = TRUE, type = "link")
  list(rows = rows, predictor = p$fit[rows], se = p$se.fit[rows])
}
d <- read("unbalanced_shuffled")
cat(toJSON(list(software = paste("R", getRversion(), ", glmmTMB", packageVersion("glmmTMB")),
  toenail = out(y ~ treatment * time + (1 | patientID), read("toenail"), binomial, c(1, 2, 50, 400, 1200, 1908)),
  poisson_slopes = out(y ~ arm * t + (t | id), read("slope_count"), poisson, c(1, 5, 8, 100, 333, 800)),
  nested = out(y ~ x + (1 | hospital / ward), read.csv("nested.csv"), binomial, c(1, 2, 60, 200, 360)),
  three_levels = out(y ~ x + (1 | hospital / ward / team), read.csv("nested.csv"), binomial, c(1, 2, 60, 200, 360)),
  gamma = out(positive ~ arm + x1 + (1 | id), d, Gamma("log"), c(1, 20, 300, 700)),
  negative_binomial = out(count ~ arm + x1 + offset(log(exposure)) + (1 | id), d, nbinom2, c(1, 20, 300, 700)),
  gaussian = out(Reaction ~ Days + (Days | Subject), read("sleepstudy"), gaussian, c(1, 10, 77, 180))), auto_unbox = TRUE, digits = 12, pretty = TRUE), "\n")
