using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Likeness;
using MarginalConditional.Compare.Simulation.PlugIns;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data;
using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Reads a study file's list of methods.</summary>
internal static class StudyMethods
{
    /// <summary>The methods, each with a name of its own, an estimand of the study, and a meaning for its outcomes.</summary>
    /// <exception cref="InputException">One is not; the exception gives the line.</exception>
    internal static IReadOnlyList<IEstimator> Read(
        YamlSection root, IEstimand[] estimands, CommandReader commands, PlugInSet plugIns, IReadOnlyList<Scenario> scenarios)
    {
        var methods = new List<IEstimator>();
        foreach (var node in root.Items("methods"))
        {
            var method = MethodReader.Read(root, node, estimands, commands, plugIns);
            if (methods.Exists(other => other.Name == method.Name))
            {
                throw root.Error(node, $"Two methods are called \"{method.Name}\".", "Give one of them a \"name\" of its own.");
            }

            if (method.Name.AsSpan().IndexOfAny(",;\"\n") >= 0)
            {
                throw root.Error(
                    node,
                    $"The method's name \"{method.Name}\" must not hold commas, semicolons or quotes: it stands in result files.");
            }

            if (method.Name is ['=' or '+' or '-' or '@', ..])
            {
                throw root.Error(
                    node,
                    $"The method's name \"{method.Name}\" begins like a formula of a spreadsheet: it stands in result files.");
            }

            if (!Array.Exists(estimands, estimand => estimand.Name == method.Target.Name))
            {
                throw root.Error(
                    node,
                    $"The method \"{method.Name}\" estimates \"{method.Target.Name}\", which is not among the estimands.");
            }

            RequireOutcome(root, node, method, scenarios);
            methods.Add(method);
        }

        return methods;
    }

    /// <summary>Refuses methods of the library that have no meaning for the outcome.</summary>
    private static void RequireOutcome(YamlSection root, YamlNode node, IEstimator method, IReadOnlyList<Scenario> scenarios)
    {
        if (method.GetType().Assembly != typeof(StudyMethods).Assembly)
        {
            return;
        }

        foreach (var scenario in scenarios)
        {
            if (IsOrdinal(scenario.Source) is { } ordered && !((method as IOrdinalMethod)?.Takes(ordered) ?? !ordered))
            {
                throw !ordered
                    ? root.Error(node, $"The method \"{method.Name}\" has a meaning for ordinal outcomes only.")
                    : root.Error(
                        node,
                        $"The method \"{method.Name}\" has no meaning for an ordinal outcome.",
                        "Those with one are gee, glm, glmm, compare with a row or with a rung and scale: log-odds-ratio, and command.");
            }
        }
    }

    /// <summary>Whether outcomes are ordered; null where that is not known.</summary>
    private static bool? IsOrdinal(IDataSource source) => source switch
    {
        Mechanism mechanism => mechanism.Ordinal is not null,
        LikeSource like => like.Likeness.Ordinal is not null,
        _ => null,
    };
}
