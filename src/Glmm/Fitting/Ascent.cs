using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>
/// Where an iteration stands, with its tools. Lives while a model is fitted; what outlives it is the <see cref="Solution"/>.
/// </summary>
/// <param name="Likelihood">The likelihood climbed.</param>
/// <param name="Maximizer">Parameters, value and information.</param>
/// <param name="Convergence">How the climb ended.</param>
/// <param name="Nodes">Nodes a dimension.</param>
internal sealed record Ascent(MarginalLikelihood Likelihood, NewtonMaximizer Maximizer, Convergence Convergence, int Nodes);
