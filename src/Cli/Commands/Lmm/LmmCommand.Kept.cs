using System.CommandLine;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Saving;
using MarginalConditional.Compare.Simulation.Likeness;
using MarginalConditional.Data;
using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Cli.Commands.Lmm;

/// <summary>The fit alone.</summary>
internal sealed partial class LmmCommand : IRefits
{
    // Studies have no linear mixed model with correlated residuals.
    private string[] Methods(ParseResult parse, ResidualStructure structure) =>
        structure != ResidualStructure.Identity ? ["gee"] : [parse.GetValue(fullLikelihood) ? "lmm: {ml: true}" : "lmm", "gee"];

    /// <inheritdoc/>
    public RefittedTrial Refit(ParseResult parse, CommandContext context)
    {
        var arguments = common.Read(parse);
        if (imputation.IsAsked(parse) || parse.GetValue(by) is not null
            || !ResidualStructure.TryParse(parse.GetRequiredValue(residual), out var structure))
        {
            throw new InputException("Trials are made like fits to one data set with one covariance of residuals.")
            {
                Hint = "Keep a fit without --residual-by, --imputations and --residual all.",
            };
        }

        var frame = Frame(parse, arguments, structure, group: null);
        var fit = LmmFitter.Fit(frame, new LmmOptions
        {
            Restricted = !parse.GetValue(fullLikelihood),
            Residual = structure,
            Threads = context.Output.Threads,
        });
        if (fit.ResidualCovariances is [{ Waves.Count: 0 }])
        {
            throw new InputException("The fit has more waves than a covariance between them is kept of.") { Hint = "Keep another fit." };
        }

        var covariance = structure != ResidualStructure.Identity && fit.ResidualCovariances is [var known]
            ? known.Covariance.ToArray()
            : [fit.ResidualVariance];
        return new RefittedTrial(
            TrialLikeness.OfLinear(frame, fit.Coefficients, fit.RandomEffects, covariance),
            fit.Convergence.Converged,
            Methods(parse, structure));
    }
}
