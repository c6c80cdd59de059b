using MarginalConditional.Compare.Simulation.Likeness;

namespace MarginalConditional.Cli.Saving;

/// <summary>A fit that was made again.</summary>
/// <param name="Likeness">The fit as a mechanism.</param>
/// <param name="Converged">Whether it converged.</param>
/// <param name="Methods">The fit itself and what it is compared with, as a study file writes methods.</param>
internal sealed record RefittedTrial(TrialLikeness Likeness, bool Converged, IReadOnlyList<string> Methods)
{
    /// <summary>The estimands of the methods. Default: of a mixed model the conditional and the marginal, else the marginal.</summary>
    public IReadOnlyList<string> Estimands { get; init; } = Likeness.IsConditional ? ["conditional", "marginal"] : ["marginal"];
}
