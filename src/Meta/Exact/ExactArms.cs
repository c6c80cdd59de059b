using MarginalConditional.Data;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Meta.Exact;

/// <summary>
/// The studies of an exact model of one arm: events among people or over person-time, whose logits or logarithms vary normally.
/// </summary>
/// <param name="Effects">Their effects with a correction for zeros, for display alone.</param>
/// <param name="Arms">Events and size.</param>
/// <param name="Family">Binomial for people, Poisson for person-time.</param>
internal sealed record ExactArms(StudyEffects Effects, IReadOnlyList<(double Events, double Size)> Arms, Family Family)
{
    /// <summary>The arms as read.</summary>
    /// <exception cref="InputException">A count is not a whole number, there are fewer than two studies, or none or all have the
    /// event.</exception>
    public static ExactArms Of(StudyArms arms)
    {
        arms.RequireWholeNumbers();
        var events = arms.Arms.Sum(arm => arm.Events);
        if (arms.Arms.Count < 2 || events == 0 || (!arms.IsRate && events == arms.Arms.Sum(arm => arm.Size)))
        {
            throw new InputException(arms.Arms.Count < 2
                ? $"There {(arms.Arms.Count == 1 ? "is one study" : "are no studies")}, and at least two are needed to combine."
                : $"No study has {(events == 0 ? "an event" : "anybody without the event")}, so the exact model has no maximum.");
        }

        var effects = arms.Effects(arms.IsRate ? StudyMeasure.LogRate : StudyMeasure.LogitProportion, new ZeroCells());
        return new ExactArms(effects, arms.Arms, arms.IsRate ? Family.Poisson : Family.Binomial);
    }

    /// <summary>All but one study.</summary>
    public ExactArms Without(int study) => this with { Effects = Effects.Without(study), Arms = [.. Arms.Where((_, i) => i != study)] };

    /// <summary>Some of the studies, in an order of their own.</summary>
    public ExactArms Keep(int[] places) => this with { Effects = Effects.Keep(places), Arms = [.. places.Select(i => Arms[i])] };

    /// <summary>A row a study, a column of ones.</summary>
    public ModelFrame Frame()
    {
        var ones = new double[Arms.Count];
        Array.Fill(ones, 1);
        return Frame([DesignMatrix.InterceptName], ones);
    }

    /// <summary>A row a study, the columns of the moderators.</summary>
    /// <param name="columns">The columns' names, p.</param>
    /// <param name="design">k×p, column-major.</param>
    public ModelFrame Frame(IReadOnlyList<string> columns, double[] design)
    {
        var k = Arms.Count;
        var isRate = Family == Family.Poisson;
        double[] ones = new double[k], response = new double[k], sizes = new double[k];
        Array.Fill(ones, 1);
        for (var i = 0; i < k; i++)
        {
            response[i] = isRate ? Arms[i].Events : Arms[i].Events / Arms[i].Size;
            sizes[i] = isRate ? Math.Log(Arms[i].Size) : Arms[i].Size;
        }

        static string Label(int study) => $"study {study + 1}";
        string[] names = [DesignMatrix.InterceptName];
        int[] groups = [.. Enumerable.Range(0, k)];
        return new ModelFrame(
            new DesignMatrix(k, columns, design, columns), response, new Clusters("study", [.. Enumerable.Range(0, k + 1)], Label))
        {
            Trials = isRate ? [] : sizes,
            Offset = isRate ? sizes : [],
            RandomTerms = [new RandomTermDesign("study", groups, k, Label, names, ones, correlated: true)],
        };
    }
}
