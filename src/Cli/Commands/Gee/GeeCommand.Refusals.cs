using System.CommandLine;
using System.CommandLine.Parsing;
using MarginalConditional.Cli.Imputed;
using MarginalConditional.Cli.Options;
using MarginalConditional.Gee;

namespace MarginalConditional.Cli.Commands.Gee;

internal sealed partial class GeeCommand
{
    /// <summary>Nothing asked for may be passed over in silence.</summary>
    private void RefuseIdle(DocumentedCommand command)
    {
        correlation.RefuseIdle(command);
        RefuseBesideTwoWays(command);
        command.HasEffect(
            dropouts.Weights, result => result.GetValue(dropouts.Staying) is not null, "without --staying, whose weights it says",
            "Add --staying FORMULA, or leave it out.");
        command.HasEffect(
            variances, result => result.GetValue(dropouts.Staying) is null || result.GetValue(variances) is ["robust"],
            "beside --staying, whose standard errors count the estimated weights");
        command.HasEffect(
            repair, result => !correlation.Is(result, "independence"), "with --corr independence, which is positive definite");
        command.HasEffect(
            biasReduction, result => result.GetValue(dropouts.Staying) is null || !Reduces(result),
            "beside --staying, whose weights count on the equations as they are", "Leave one of the two out.");
        command.HasEffect(
            score, result => !Reduces(result),
            "beside --bias-reduction: the score test is that of the equations as they are", "Leave one of the two out.");
        foreach (var option in (Option[])
            [variances, degreesOfFreedom, dropouts.Staying, score, predictions, diagnostics, common.Contrast, .. means.All, .. keep.All])
        {
            command.HasEffect(
                option, result => !correlation.AsksForAll(result), "beside --corr all, which compares the structures' criteria",
                "Name one structure, or leave it out.");
        }

        foreach (var option in (Option[])
        [
            biasReduction, correlation.Structure(), scaleFix, repair, dropouts.Staying, variances, degreesOfFreedom, score, predictions,
            newData.Option, diagnostics, common.Contrast, .. means.All, .. keep.All,
        ])
        {
            command.HasEffect(
                option, result => result.GetValue(association) is null,
                "beside --association: alternating logistic regressions have their own standard errors and association",
                "Leave one of the two out.");
        }
    }

    /// <summary>Two ways of clustering add up scores of single rows, and give standard errors alone.</summary>
    private void RefuseBesideTwoWays(DocumentedCommand command)
    {
        cluster.RefuseIdle(
            command,
            (result => correlation.Is(result, "independence"),
                "Two ways of clustering need --corr independence: with another working correlation the equations are not sums over single "
                    + "rows.\nAdd --corr independence, or name one column by --cluster."),
            biasReduction, dropouts.Staying, association, score, diagnostics);
        command.Check(result =>
        {
            if (!cluster.HasTwo(result))
            {
                return;
            }

            if (result.IsGiven(variances) && result.GetValue(variances) is not ["robust"])
            {
                result.AddError("Two ways of clustering have one kind of --se, robust: corrections for few clusters are those of one way.\n"
                    + "Leave out --se; --cluster-factor and --df k-p are for few clusters.");
            }

            if (result.IsGiven(degreesOfFreedom) && result.GetValue(degreesOfFreedom) is not ("normal" or "k-p" or ImputationOptions.Mice))
            {
                result.AddError(
                    "Two ways of clustering have --df normal and k-p, with K the smaller number of clusters.\nTake one of them.");
            }
        });
    }

    /// <summary>What belongs to one data set does not go with several imputed ones.</summary>
    private void RefuseImputed(DocumentedCommand command)
    {
        imputation.CheckMice(command, degreesOfFreedom);
        imputation.Refuse(command, "what is kept is one fit", keep.All);
        imputation.Refuse(command, "there are rules to pool Wald tests", score);
        imputation.Refuse(command, "leverage and influence belong to one data set", diagnostics);
        imputation.Refuse(
            command, "--corr all", "criteria of different data sets do not compare", result => correlation.AsksForAll(result));
        imputation.Refuse(
            command, "More than one kind of --se", "one of them is pooled",
            result => result.GetValue(variances) is ["all"] or { Length: > 1 });
        imputation.Refuse(command, predictions, newData);
    }

    private bool Reduces(CommandResult result) =>
        result.GetValue(biasReduction) is { } name && name != BiasReduction.None.Name;
}
