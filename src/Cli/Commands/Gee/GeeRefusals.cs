using System.CommandLine;
using System.CommandLine.Parsing;
using MarginalConditional.Cli.Imputed;
using MarginalConditional.Cli.Options;
using MarginalConditional.Gee;

namespace MarginalConditional.Cli.Commands.Gee;

/// <summary>What of <c>margcond gee</c> does not go together.</summary>
/// <param name="asked">What can be asked.</param>
internal sealed class GeeRefusals(GeeQuestions asked)
{
    /// <summary>Adds the checks to the command.</summary>
    public void AddTo(DocumentedCommand command)
    {
        RefuseIdle(command);
        RefuseImputed(command);
    }

    /// <summary>Nothing asked for may be passed over in silence.</summary>
    private void RefuseIdle(DocumentedCommand command)
    {
        asked.Correlation.RefuseIdle(command);
        RefuseBesideTwoWays(command);
        command.HasEffect(
            asked.Dropouts.Weights, result => result.GetValue(asked.Dropouts.Staying) is not null,
            "without --staying, whose weights it says", "Add --staying FORMULA, or leave it out.");
        command.HasEffect(
            asked.Variances, result => result.GetValue(asked.Dropouts.Staying) is null || result.GetValue(asked.Variances) is ["robust"],
            "beside --staying, whose standard errors count the estimated weights");
        command.HasEffect(
            asked.Repair, result => !asked.Correlation.Is(result, "independence"), "with --corr independence, which is positive definite");
        command.HasEffect(
            asked.BiasReduction, result => result.GetValue(asked.Dropouts.Staying) is null || !Reduces(result),
            "beside --staying, whose weights count on the equations as they are", "Leave one of the two out.");
        command.HasEffect(
            asked.Score, result => !Reduces(result),
            "beside --bias-reduction: the score test is that of the equations as they are", "Leave one of the two out.");
        foreach (var option in (Option[])
        [
            asked.Variances, asked.DegreesOfFreedom, asked.Dropouts.Staying, asked.Score, asked.Predictions, asked.Diagnostics,
            asked.Common.Contrast, .. asked.Means.All, .. asked.Keep.All,
        ])
        {
            command.HasEffect(
                option, result => !asked.Correlation.AsksForAll(result), "beside --corr all, which compares the structures' criteria",
                "Name one structure, or leave it out.");
        }

        foreach (var option in (Option[])
        [
            asked.BiasReduction, asked.Correlation.Structure(), asked.ScaleFix, asked.Repair, asked.Dropouts.Staying, asked.Variances,
            asked.DegreesOfFreedom, asked.Score, asked.Predictions, asked.NewData.Option, asked.Diagnostics, asked.Common.Contrast,
            .. asked.Means.All, .. asked.Keep.All,
        ])
        {
            command.HasEffect(
                option, result => result.GetValue(asked.Association) is null,
                "beside --association: alternating logistic regressions have their own standard errors and association",
                "Leave one of the two out.");
        }
    }

    /// <summary>Two ways of clustering add up scores of single rows, and give standard errors alone.</summary>
    private void RefuseBesideTwoWays(DocumentedCommand command)
    {
        asked.Cluster.RefuseIdle(
            command,
            (result => asked.Correlation.Is(result, "independence"),
                "Two ways of clustering need --corr independence: with another working correlation the equations are not sums over single "
                    + "rows.\nAdd --corr independence, or name one column by --cluster."),
            asked.BiasReduction, asked.Dropouts.Staying, asked.Association, asked.Score, asked.Diagnostics);
        command.Check(result =>
        {
            if (!asked.Cluster.HasTwo(result))
            {
                return;
            }

            if (result.IsGiven(asked.Variances) && result.GetValue(asked.Variances) is not ["robust"])
            {
                result.AddError("Two ways of clustering have one kind of --se, robust: corrections for few clusters are those of one way.\n"
                    + "Leave out --se; --cluster-factor and --df k-p are for few clusters.");
            }

            if (result.IsGiven(asked.DegreesOfFreedom)
                && result.GetValue(asked.DegreesOfFreedom) is not ("normal" or "k-p" or ImputationOptions.Mice))
            {
                result.AddError(
                    "Two ways of clustering have --df normal and k-p, with K the smaller number of clusters.\nTake one of them.");
            }
        });
    }

    /// <summary>What belongs to one data set does not go with several imputed ones.</summary>
    private void RefuseImputed(DocumentedCommand command)
    {
        asked.Imputation.CheckMice(command, asked.DegreesOfFreedom);
        asked.Imputation.Refuse(command, "what is kept is one fit", asked.Keep.All);
        asked.Imputation.Refuse(command, "there are rules to pool Wald tests", asked.Score);
        asked.Imputation.Refuse(command, "leverage and influence belong to one data set", asked.Diagnostics);
        asked.Imputation.Refuse(
            command, "--corr all", "criteria of different data sets do not compare", result => asked.Correlation.AsksForAll(result));
        asked.Imputation.Refuse(
            command, "More than one kind of --se", "one of them is pooled",
            result => result.GetValue(asked.Variances) is ["all"] or { Length: > 1 });
        asked.Imputation.Refuse(command, asked.Predictions, asked.NewData);
    }

    private bool Reduces(CommandResult result) =>
        result.GetValue(asked.BiasReduction) is { } name && name != BiasReduction.None.Name;
}
