using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;

namespace MarginalConditional.Cli.Fitting;

/// <summary>What the ways to fit a marginal model have in common.</summary>
internal static class MarginalModels
{
    /// <summary>The rows and the frame, whose outcome the family allows.</summary>
    public static (Dataset Data, ModelFrame Frame) Frame(FitArguments arguments, FrameRequest request)
    {
        var data = FrameReading.Read(arguments.Data, request);
        var frame = ModelFrameBuilder.Build(data, request);
        OutcomeCheck.Require(frame, data, request.Formula.Response, arguments.Family);
        return (data, frame);
    }

    /// <summary>Fits, with the dispersion of a negative binomial where it is not given.</summary>
    public static GeeFit Fit(ModelFrame frame, GeeOptions options, FitArguments arguments, CommandContext context)
    {
        if (!arguments.EstimatesTheta)
        {
            return GeeFitter.Fit(frame, options);
        }

        var (fit, theta, warning) = NegativeBinomialFitter.Fit(frame, options);
        if (arguments.Data.Imputed is null)
        {
            context.Note(FormattableString.Invariant(
                $"The dispersion theta of the negative binomial was estimated by moments: {theta:G6}."));
        }

        if (warning is not null)
        {
            context.Warn(warning);
        }

        return fit;
    }

    /// <summary>Refuses the association of ordinal outcomes for others.</summary>
    public static void RefuseLocalOdds(WorkingCorrelation structure)
    {
        if (structure.IsForOrderedOutcomes)
        {
            throw new InputException($"--corr {structure.Name} is the association of ordinal outcomes.")
            {
                Hint = "Add --family ordinal, or take another structure; for binary outcomes --association models odds ratios.",
            };
        }
    }
}
