using MarginalConditional.Cli.Saving;
using MarginalConditional.Compare.Simulation.Likeness;
using MarginalConditional.Glmm.Ordinal;

namespace MarginalConditional.Cli.Commands.Glmm;

/// <summary>A cumulative mixed model as the mechanism of trials.</summary>
internal static class KeptOrdinalFit
{
    /// <summary>The fit with the methods that it is studied by: itself, and a marginal model.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="marginal">The marginal model, as a study file writes methods.</param>
    public static RefittedTrial Of(OrdinalGlmmFit fit, string marginal) => new(
        TrialLikeness.Of(fit),
        fit.Convergence.Converged,
        [FormattableString.Invariant($"glmm: {{nodes: {fit.Nodes}}}"), marginal]);
}
