# Writes sandwich.json, the expected numbers of SandwichGolden, and orthodont_gaps.csv. Run from this folder: Rscript sandwich.R
suppressMessages({ library(clubSandwich); library(nlme); library(lme4); library(jsonlite) })
reference <- "../../reference/data"
orthodont <- read.csv(file.path(reference, "orthodont.csv"))
visits <- ave(orthodont$age, orthodont$Subject, FUN = seq_along)
number <- as.integer(factor(orthodont$Subject))
gaps <- orthodont[(3 * number + 5 * visits) %% 7 > 1 | number %% 3 == 0, ]
write.csv(gaps, "orthodont_gaps.csv", row.names = FALSE, quote = FALSE)

# Bell and McCaffrey's correction of whitened residuals: (I - H)^(-1/2) in the metric of V, as mmrm has it. V is a list, one matrix a cluster.
whitened <- function(x, r, m, cluster, v) {
  meat <- 0
  for (i in unique(cluster)) {
    k <- cluster == i
    l <- t(chol(v[[as.character(i)]]))
    xi <- solve(l, x[k, , drop = FALSE])
    e <- eigen(diag(sum(k)) - xi %*% m %*% t(xi), symmetric = TRUE)
    u <- t(xi) %*% e$vectors %*% (t(e$vectors) / sqrt(e$values)) %*% solve(l, r[k])
    meat <- meat + u %*% t(u)
  }
  sqrt(diag(m %*% meat %*% m))
}

entry <- function(name, f, x, r, m, cluster, v) {
  se <- function(type) unname(sqrt(diag(as.matrix(vcovCR(f, type = type)))))
  df <- function(type) coef_test(f, vcov = type, test = "Satterthwaite")$df_Satt
  list(name = name, cr0 = se("CR0"), cr2 = se("CR2"), cr3 = se("CR3"), cr2_whitened = unname(whitened(x, r, m, cluster, v)),
       df_cr0 = df("CR0"), df_cr2 = df("CR2"), df_cr3 = df("CR3"))
}
mixed <- function(name, f, cluster) {
  z <- as.matrix(getME(f, "Z")); l <- as.matrix(getME(f, "Lambda"))
  big <- sigma(f)^2 * (z %*% l %*% t(l) %*% t(z) + diag(nrow(z)))
  v <- sapply(as.character(unique(cluster)), function(i) big[cluster == i, cluster == i, drop = FALSE], simplify = FALSE)
  entry(name, f, getME(f, "X"), getME(f, "y") - getME(f, "X") %*% fixef(f), as.matrix(vcov(f)), cluster, v)
}
marginal <- function(name, f, x, y, cluster) {
  v <- sapply(as.character(unique(cluster)), function(i) matrix(getVarCov(f, individual = as.character(i)), sum(cluster == i)), simplify = FALSE)
  entry(name, f, x, y - x %*% coef(f), vcov(f), cluster, v)
}

sleepstudy <- read.csv(file.path(reference, "sleepstudy.csv"))
dietox <- read.csv(file.path(reference, "dietox.csv"))
ar1 <- gls(distance ~ age * Sex, gaps, correlation = corAR1(form = ~ visit | Subject), control = glsControl(tolerance = 1e-10, msTol = 1e-12))
cases <- list(
  mixed("sleepstudy", lmer(Reaction ~ Days + (Days | Subject), sleepstudy, control = lmerControl(optCtrl = list(ftol_abs = 1e-14, xtol_abs = 1e-12))), sleepstudy$Subject),
  mixed("dietox", lmer(Weight ~ Time + Cu + (Time | Pig), dietox, control = lmerControl(optimizer = "nloptwrap", optCtrl = list(ftol_abs = 1e-14, xtol_abs = 1e-12))), dietox$Pig),
  marginal("orthodont_gaps", ar1, model.matrix(~ age * Sex, gaps), gaps$distance, gaps$Subject))
write_json(list(r = R.version.string, clubSandwich = as.character(packageVersion("clubSandwich")), lme4 = as.character(packageVersion("lme4")), nlme = as.character(packageVersion("nlme")), cases = cases),
           "sandwich.json", digits = NA, auto_unbox = TRUE, pretty = TRUE)
