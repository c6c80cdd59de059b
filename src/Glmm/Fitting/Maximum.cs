using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>Where the iteration ended, with the likelihood it climbed.</summary>
/// <param name="Likelihood">The likelihood.</param>
/// <param name="Maximizer">Parameters, value, gradient and information.</param>
/// <param name="Convergence">How it ended.</param>
/// <param name="Nodes">Nodes a dimension.</param>
internal sealed record Maximum(MarginalLikelihood Likelihood, NewtonMaximizer Maximizer, Convergence Convergence, int Nodes);
