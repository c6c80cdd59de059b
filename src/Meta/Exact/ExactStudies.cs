using MarginalConditional.Data;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Meta.Exact;

/// <summary>
/// The informative studies of an exact model: events of both arms with what they are counted among, people or person-time.
/// </summary>
/// <param name="Effects">Their effects with a correction for zeros, for display alone.</param>
/// <param name="Arms">Events and size of the treated arm, then of the control arm.</param>
/// <param name="Family">Binomial for people, Poisson for person-time.</param>
/// <param name="Uninformative">The number of studies left out.</param>
/// <param name="Notes">What was read otherwise than it stands in the file, or is asked about.</param>
internal sealed record ExactStudies(
    StudyEffects Effects,
    IReadOnlyList<(double TreatedEvents, double Treated, double ControlEvents, double Control)> Arms,
    Family Family,
    int Uninformative,
    IReadOnlyList<string> Notes)
{
    /// <summary>Tables of people.</summary>
    /// <exception cref="InputException">A count is not a whole number, or fewer than two studies are informative.</exception>
    public static ExactStudies Of(StudyCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        counts.RequireWholeNumbers();
        TwoByTwo[] tables = [.. counts.Tables.Where(table => !table.IsDoubleZero)];
        if (tables.Length < 2)
        {
            throw new InputException(
                $"{tables.Length} of {counts.Tables.Count} studies have an event and a non-event, and at least two are needed to combine.");
        }

        var effects = counts.Effects(StudyMeasure.OddsRatio, new ZeroCells { DropDoubleZero = true });
        return new ExactStudies(
            effects,
            [.. tables.Select(table => (table.TreatmentEvents, table.TreatmentTotal, table.ControlEvents, table.ControlTotal))],
            Family.Binomial,
            counts.Tables.Count - tables.Length,
            counts.ReadingNotes);
    }

    /// <summary>Events over person-time.</summary>
    /// <exception cref="InputException">A number of events is not whole, or fewer than two studies have events.</exception>
    public static ExactStudies Of(StudyRates rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        rates.RequireWholeNumbers();
        var arms = rates.Arms.Where(study => study.Treatment.Events + study.Control.Events > 0).ToList();
        if (arms.Count < 2)
        {
            throw new InputException($"{arms.Count} of {rates.Arms.Count} studies have an event, and at least two are needed to combine.");
        }

        var effects = rates.Effects(StudyMeasure.RateRatio, new ZeroCells { DropDoubleZero = true });
        return new ExactStudies(
            effects,
            [.. arms.Select(study => (study.Treatment.Events, study.Treatment.Time, study.Control.Events, study.Control.Time))],
            Family.Poisson,
            rates.Arms.Count - arms.Count,
            rates.ReadingNotes);
    }

    /// <summary>All but one study.</summary>
    public ExactStudies Without(int study) =>
        this with { Effects = Effects.Without(study), Arms = [.. Arms.Where((_, i) => i != study)], Uninformative = 0, Notes = [] };

    /// <summary>Some of the studies, in an order of their own.</summary>
    public ExactStudies Keep(int[] places) => this with { Effects = Effects.Keep(places), Arms = [.. places.Select(i => Arms[i])] };

    /// <summary>Two rows a study: treatment, then control. Columns: an intercept a study, and the treatment.</summary>
    public ModelFrame Frame()
    {
        var ones = new double[Arms.Count];
        Array.Fill(ones, 1);
        return Frame(["treatment"], ones);
    }

    /// <summary>The same with the treatment times moderators.</summary>
    /// <param name="columns">The moderators' names, p.</param>
    /// <param name="moderators">k×p, column-major.</param>
    public ModelFrame Frame(IReadOnlyList<string> columns, double[] moderators)
    {
        int k = Arms.Count, n = 2 * k;
        var isRate = Family == Family.Poisson;
        var design = new double[n * (k + columns.Count)];
        double[] response = new double[n], sizes = new double[n], halves = new double[n];
        int[] groups = new int[n], offsets = new int[k + 1];
        for (var i = 0; i < k; i++)
        {
            int treated = 2 * i, control = treated + 1;
            var arms = Arms[i];
            (sizes[treated], sizes[control]) = isRate ? (Math.Log(arms.Treated), Math.Log(arms.Control)) : (arms.Treated, arms.Control);
            response[treated] = isRate ? arms.TreatedEvents : arms.TreatedEvents / arms.Treated;
            response[control] = isRate ? arms.ControlEvents : arms.ControlEvents / arms.Control;
            (halves[treated], halves[control]) = (0.5, -0.5);
            (groups[treated], groups[control], offsets[i + 1]) = (i, i, treated + 2);
            design[(i * n) + treated] = design[(i * n) + control] = 1;
            for (var j = 0; j < columns.Count; j++)
            {
                design[((k + j) * n) + treated] = moderators[(j * k) + i];
            }
        }

        string[] names = [.. Enumerable.Range(1, k).Select(i => $"study {i}"), .. columns];
        static string Label(int study) => $"study {study + 1}";
        return new ModelFrame(new DesignMatrix(n, names, design, names), response, new Clusters("study", offsets, Label))
        {
            Trials = isRate ? [] : sizes,
            Offset = isRate ? sizes : [],
            RandomTerms = [new RandomTermDesign("study", groups, k, Label, ["treatment"], halves, correlated: true)],
        };
    }
}
