using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Optimization;

namespace MarginalConditional.Gee.Stacking;

/// <summary>
/// The association of two outcomes of a cluster by pair of waves, estimated once, from the tables of all pairs (Touloumis, Agresti and
/// Kateri 2013).
/// </summary>
internal sealed class LocalOddsRatios
{
    /// <summary>Scores begin with at least this distance: at 0 nothing says where they should go.</summary>
    private const double LeastDistance = 0.1;

    private static readonly QuasiNewtonControl Control = new() { Tolerance = 1e-16, MaximumIterations = 60 };

    private readonly double[][] associations;
    private readonly bool[] occurs;
    private readonly int categories;
    private readonly LocalOddsForm form;
    private readonly double largest;

    private LocalOddsRatios(int categories, int waves, LocalOddsForm form, double largest, IReadOnlyList<double[]> tables)
    {
        this.largest = largest;
        this.categories = categories;
        this.form = form;
        Waves = waves;
        occurs = [.. tables.Select(table => table.Any(count => count > 0))];
        associations = new double[tables.Count][];
        if (form.IsByPair)
        {
            for (var pair = 0; pair < tables.Count; pair++)
            {
                associations[pair] = Estimate([tables[pair]], out var problem);
                Problem ??= problem;
            }
        }
        else
        {
            Array.Fill(associations, Estimate(tables, out var problem));
            Problem = problem;
        }
    }

    /// <summary>The number of waves.</summary>
    public int Waves { get; }

    /// <summary>Why there is no finite estimate; null when there is one.</summary>
    public string? Problem { get; }

    /// <summary>
    /// Local odds ratios: one, or one a pair of waves in the order of an upper triangle; with scores J×J by rows in the place of each.
    /// </summary>
    public double[] Values() => [.. associations.Take(form.IsByPair ? associations.Length : Math.Min(1, associations.Length))
        .SelectMany(Local)];

    /// <summary>Whether a value is that of a pair of waves which some cluster has.</summary>
    /// <param name="value">The place in <see cref="Values"/>.</param>
    public bool Occurs(int value)
    {
        var each = form.HasScores ? (categories - 1) * (categories - 1) : 1;
        return form.IsByPair ? occurs[value / each] : Array.Exists(occurs, pair => pair);
    }

    /// <summary>A table with the odds ratios of a pair of waves, K×K by rows, the earlier wave in the rows.</summary>
    public ReadOnlySpan<double> Association(int early, int late) => associations[Pair(early, late, Waves)];

    /// <summary>Estimates them from the outcomes of a stack.</summary>
    /// <param name="stack">The outcomes.</param>
    /// <param name="weights">w of every row, or empty; outcomes of weight 0 do not count, others count once.</param>
    /// <param name="form">What they depend on.</param>
    /// <param name="largest">The log local odds ratio beyond which there is no finite estimate.</param>
    public static LocalOddsRatios Estimate(CumulativeStack stack, ReadOnlySpan<double> weights, LocalOddsForm form, double largest)
    {
        var frame = stack.Copies;
        var (categories, waves) = (stack.Thresholds + 1, 0);
        foreach (var wave in frame.Waves)
        {
            waves = Math.Max(waves, wave + 1);
        }

        var tables = new double[waves * (waves - 1) / 2][];
        for (var pair = 0; pair < tables.Length; pair++)
        {
            tables[pair] = new double[categories * categories];
        }

        for (var cluster = 0; cluster < frame.Clusters.Count / stack.Thresholds; cluster++)
        {
            var (start, size) = (frame.Clusters.Start(cluster * stack.Thresholds), stack.Size(cluster));
            for (var late = start; late < start + size; late++)
            {
                for (var early = start; early < late; early++)
                {
                    if (weights.IsEmpty || (weights[early] > 0 && weights[late] > 0))
                    {
                        var (row, column) = (stack.Category(early, size), stack.Category(late, size));
                        tables[Pair(frame.Waves[early], frame.Waves[late], waves)][(row * categories) + column]++;
                    }
                }
            }
        }

        return new LocalOddsRatios(categories, waves, form, largest, tables);
    }

    private static int Pair(int early, int late, int waves) => (early * ((2 * waves) - early - 1) / 2) + late - early - 1;

    /// <summary>exp A of some tables; 1 where they say nothing.</summary>
    private double[] Estimate(IReadOnlyList<double[]> tables, out string? problem)
    {
        problem = null;
        int[] present = [.. Enumerable.Range(0, categories).Where(category => tables.Any(table => Sums(table, category)))];
        if (!tables.Any(SaysSomething))
        {
            return [.. Enumerable.Repeat(1.0, categories * categories)];
        }

        var uniform = new LocalOddsObjective(tables, categories, [], largest);
        var found = new QuasiNewton(uniform, Control).Minimize([0]);
        var association = uniform.Association(found.Theta);
        if (form.HasScores && found.Status == ConvergenceStatus.Converged)
        {
            var distance = Math.Max(Math.Sqrt(Math.Abs(found.Theta[0])), LeastDistance);
            var scored = new LocalOddsObjective(tables, categories, [.. present.Skip(1)], largest, found.Theta[0] < 0 ? -1 : 1);
            found = new QuasiNewton(scored, Control).Minimize([.. present.Skip(1).Select(category => distance * (category - present[0]))]);
            association = scored.Association(found.Theta);
        }

        if (found.Status != ConvergenceStatus.Converged)
        {
            problem = "The local odds ratios have no finite estimate: in the tables of two waves, all outcomes lie along one diagonal. "
                + "Use --corr exchangeable, or lor-uniform, which all pairs of waves share.";
        }

        return association;
    }

    private bool Sums(double[] table, int category)
    {
        for (var other = 0; other < categories; other++)
        {
            if (table[(category * categories) + other] > 0 || table[(other * categories) + category] > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a table has two rows and two columns with counts, without which its margins decide it.</summary>
    private bool SaysSomething(double[] table)
    {
        var (rows, columns) = (new HashSet<int>(), new HashSet<int>());
        for (var cell = 0; cell < table.Length; cell++)
        {
            if (table[cell] > 0)
            {
                rows.Add(cell / categories);
                columns.Add(cell % categories);
            }
        }

        return rows.Count > 1 && columns.Count > 1;
    }

    private IEnumerable<double> Local(double[] association)
    {
        for (var x = 0; x < (form.HasScores ? categories - 1 : 1); x++)
        {
            for (var y = 0; y < (form.HasScores ? categories - 1 : 1); y++)
            {
                var cell = (x * categories) + y;
                yield return association[cell] * association[cell + categories + 1]
                    / (association[cell + 1] * association[cell + categories]);
            }
        }
    }
}
