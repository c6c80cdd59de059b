using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Functions;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Missingness;

/// <summary>Rows that are missing with a probability whose logit is linear in treatment and outcomes.</summary>
/// <remarks>
/// <para>
/// logit P(missing) = α + β·treated + γ·(outcome before) + δ·(present outcome). With γ = δ = 0 the rows are missing completely at random
/// (given the treatment), with δ = 0 at random, and with δ ≠ 0 not at random (Rubin 1976).
/// </para>
/// <para>
/// Dropout asks once for every row after the first of a cluster, which is a participant then, until one is missing; what follows is
/// missing too (Diggle and Kenward 1994). Otherwise every row is asked by itself, and no row knows of one before.
/// </para>
/// </remarks>
public sealed record LogisticMissingness : IMissingness
{
    /// <summary>Whether what follows a missing row of its cluster is missing too.</summary>
    public required bool IsDropout { get; init; }

    /// <summary>α, the log odds for a control whose outcomes are 0.</summary>
    public double Intercept { get; init; }

    /// <summary>β, what treatment adds to the log odds. Default 0.</summary>
    public double Treated { get; init; }

    /// <summary>γ, what a unit of the outcome before adds. Dropout only. Default 0.</summary>
    public double Previous { get; init; }

    /// <summary>δ, what a unit of the outcome itself adds. Default 0.</summary>
    public double Present { get; init; }

    /// <inheritdoc/>
    public string Name => IsDropout ? "dropout" : "rows";

    /// <summary>What kind it is by Rubin's names: MCAR, MAR or MNAR.</summary>
    public string Kind => Present != 0 ? "MNAR" : Previous != 0 ? "MAR" : "MCAR";

    /// <summary>P(missing) of a row that is asked.</summary>
    /// <param name="treated">Whether it is treated.</param>
    /// <param name="previous">The outcome before, 0 where there is none.</param>
    /// <param name="present">Its own outcome.</param>
    public double Probability(bool treated, double previous, double present) =>
        Elementary.Logistic(Intercept + (treated ? Treated : 0) + (Previous * previous) + (Present * present));

    /// <inheritdoc/>
    public void Observe(ModelFrame complete, RandomStream stream, Span<bool> seen)
    {
        ArgumentNullException.ThrowIfNull(complete);
        ArgumentNullException.ThrowIfNull(stream);
        var treatments = TreatmentColumns(complete);
        var y = complete.Response;
        for (var c = 0; c < complete.Clusters.Count; c++)
        {
            var start = complete.Clusters.Start(c);
            var end = start + complete.Clusters.Size(c);
            var isThere = true;
            for (var row = start; row < end; row++)
            {
                if (!IsDropout)
                {
                    seen[row] = !IsMissing(stream, IsTreated(complete, treatments, row), 0, y[row]);
                    continue;
                }

                // The numbers of a participant are as many whenever it drops out: trials with more or less dropout stay alike.
                isThere &= row == start || !IsMissing(stream, IsTreated(complete, treatments, row), y[row - 1], y[row]);
                seen[row] = isThere;
            }
        }
    }

    private bool IsMissing(RandomStream stream, bool treated, double previous, double present) =>
        stream.NextUniform() < Probability(treated, previous, present);

    /// <summary>The columns of treatment and arms themselves: their interactions, such as that with time, have a colon.</summary>
    private static int[] TreatmentColumns(ModelFrame frame) =>
        [.. Enumerable.Range(0, frame.Design.Columns).Where(column => IsTreatment(frame.Design.Names[column]))];

    private static bool IsTreatment(string name) =>
        name == "treatment" || (name is ['a', 'r', 'm', _, ..] && name.AsSpan(3).IndexOfAnyExceptInRange('0', '9') < 0);

    private static bool IsTreated(ModelFrame frame, int[] treatments, int row)
    {
        foreach (var column in treatments)
        {
            if (frame.Design.Column(column)[row] != 0)
            {
                return true;
            }
        }

        return false;
    }
}
