using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Persons;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>A comparison of a trial by person as one JSON object: the members of a comparison, with <c>glm</c> for its model.</summary>
internal static class PersonJson
{
    /// <summary>The whole object.</summary>
    public static string Write(
        PersonComparison comparison,
        FitArguments arguments,
        bool eventIsHarm,
        ArmAnswers answers,
        IReadOnlyList<string> notes,
        IReadOnlyList<string> warnings,
        Action<JsonResult>? members = null)
    {
        using var json = new JsonResult();
        FitOutput.Envelope(
            json,
            "compare",
            arguments.Request.Formula.ToString(),
            comparison.Options.Family.Name,
            comparison.Options.EffectiveLink.Name,
            comparison.Frame);
        json.Text("randomizedBy", "person");
        json.Integer("persons", comparison.Persons);
        json.Text("treatment", comparison.Options.Treatment);
        json.Objects("effects", comparison.Effects, effect => Effect(json, comparison, effect));
        LadderJson.Write(json, ArmJson.WithSubgroups(comparison.Ladder, comparison.Subgroups));
        ArmJson.Write(json, answers, comparison.Subgroups);
        PersonStandardization[] standardized = comparison.Standardized is { } means ? [means] : [];
        json.Objects("standardized", standardized, result => Standardized(
            json, result, comparison.Options.At.Count == 0, PersonTable.AreProportions(comparison), eventIsHarm));
        if (comparison.Options.Strata.Count > 0)
        {
            json.Texts("strata", comparison.Options.Strata);
            json.Text("randomization", comparison.Options.Randomization.Name);
        }

        json.Objects("checks", comparison.Checks, check => CompareCommandJson.Check(json, check));
        json.Texts("verdict", comparison.Verdict);
        json.Objects("estimands", comparison.Estimands, statement => CompareCommandJson.Statement(json, statement));
        if (comparison.Pool is { } pooled)
        {
            PooledJson.Write(json, pooled, "glm");
        }
        else
        {
            Model(json, comparison);
        }

        FitOutput.Convergence(json, comparison.Convergence);
        json.Texts("notes", notes);
        members?.Invoke(json);
        return json.Complete(warnings);
    }

    private static void Model(JsonResult json, PersonComparison comparison) => json.Object("glm", () =>
    {
        FitOutput.Coefficients(json, "coefficients", comparison.Coefficients, labels: comparison.Frame.Labels);
        json.Object("se", () =>
        {
            json.Numbers("influence", [.. comparison.Coefficients.Select(row => row.StandardError)]);
            json.Numbers("model", comparison.ModelStandardErrors);
        });
    });

    private static void Effect(JsonResult json, PersonComparison comparison, TreatmentEffect effect)
    {
        json.Text("term", effect.Name);
        json.Boolean("primary", TreatmentEffect.Primary(comparison.Effects).Contains(effect));
        json.Objects("rows", [comparison.Coefficients[effect.Column]], row =>
        {
            json.Text("estimand", Estimand.Conditional.Key);
            json.Text("method", "GLM");
            json.Text("scale", ScaleNames.Coefficient(comparison.Options.Family, comparison.Options.EffectiveLink));
            json.Text("weighting", ClusterWeighting.Participant.Name);
            json.Text("seType", "influence function");
            FitOutput.Inference(json, row);
        });
    }

    private static void Standardized(
        JsonResult json, PersonStandardization result, bool isRobust, bool proportions, bool eventIsHarm)
    {
        json.Text("method", "GLM");
        json.Text("weighting", ClusterWeighting.Participant.Name);
        json.Boolean("modelRobust", isRobust);
        json.Text("seType", result.StandardErrorType);
        json.Texts("levels", result.Levels);
        json.Numbers("means", result.Means);
        json.Matrix("covariance", result.Covariance, result.Levels.Count);
        json.Objects("contrasts", result.Contrasts, contrast =>
        {
            json.Text("measure", contrast.Measure.ScaleOf(proportions));
            json.Text("treated", contrast.Treated);
            json.Text("control", contrast.Control);
            FitOutput.Inference(json, contrast.Inference);
            if (contrast.Measure == EffectMeasure.Difference && proportions)
            {
                json.Object("numberNeededToTreat", () => CompareCommandJson.NumberNeeded(
                    json, NumberNeededToTreat.Of(contrast.Inference), eventIsHarm));
            }
        });
    }
}
