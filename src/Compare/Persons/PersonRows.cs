using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Persons;

/// <summary>The persons behind the rows of a frame: a row of <c>events / n</c>, or of a whole weight, stands for several.</summary>
internal sealed class PersonRows
{
    /// <summary>What a count may be off a whole number by rounding, for each of it.</summary>
    private const double Rounding = 1e-9;

    /// <summary>n, the number of persons.</summary>
    public int Count => Row.Length;

    /// <summary>The row of the frame that each person stands in.</summary>
    public required int[] Row { get; init; }

    /// <summary>Each person's outcome.</summary>
    public required double[] Response { get; init; }

    /// <summary>How much each counts: 1, unless weights are not whole.</summary>
    public required double[] Weight { get; init; }

    /// <summary>Whether some row stands for several persons.</summary>
    public required bool AreCounted { get; init; }

    /// <summary>Whether rows have weights that are not numbers of persons.</summary>
    public required bool HaveWeights { get; init; }

    /// <summary>The place of each row's treatment among the levels.</summary>
    public required int[] Arm { get; init; }

    /// <summary>The number of arms.</summary>
    public required int Arms { get; init; }

    /// <summary>The stratum of each row.</summary>
    public required int[] Stratum { get; init; }

    /// <summary>The number of strata, 1 without any.</summary>
    public required int Strata { get; init; }

    /// <summary>Σ weight of each row's persons.</summary>
    public required double[] RowWeight { get; init; }

    /// <summary>Σ weight × outcome of each row's persons.</summary>
    public required double[] RowSum { get; init; }

    /// <summary>The arm of a person.</summary>
    public int ArmOf(int person) => Arm[Row[person]];

    /// <summary>Finds the persons, their arms and their strata.</summary>
    /// <exception cref="InputException">Too many persons, or a stratum without anybody in one of the arms.</exception>
    public static PersonRows Of(ModelFrame frame, PersonOptions options, IReadOnlyList<string> levels)
    {
        var known = frame.Recipe!.LevelsOf(options.Treatment);
        int[] places = [.. known.Select(level => levels.ToList().IndexOf(level))];
        var arm = Array.ConvertAll(frame.Recipe.CodesOf(options.Treatment), code => places[code]);
        var (stratum, labels) = StrataOf(frame, options);
        RequireCells(arm, levels, stratum, labels, options);
        return Of(frame, options, arm, levels.Count, stratum, labels.Count);
    }

    private static PersonRows Of(ModelFrame frame, PersonOptions options, int[] arm, int arms, int[] stratum, int strata)
    {
        var counts = new double[frame.Rows];
        for (var row = 0; row < counts.Length; row++)
        {
            counts[row] = frame.WeightTimesTrials(row);
        }

        var (rows, response, weight, expanded) = Expand(frame, counts, options);
        var sums = new double[counts.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            sums[rows[i]] += weight[i] * response[i];
        }

        return new PersonRows
        {
            Row = rows,
            Response = response,
            Weight = weight,
            AreCounted = expanded && rows.Length > counts.Length,
            HaveWeights = !expanded,
            Arm = arm,
            Arms = arms,
            Stratum = stratum,
            Strata = strata,
            RowWeight = counts,
            RowSum = sums,
        };
    }

    /// <summary>The persons of a trial whose treatment has no arms to set.</summary>
    public static PersonRows WithoutArms(ModelFrame frame, PersonOptions options)
    {
        var none = new int[frame.Rows];
        return Of(frame, options, none, 1, none, 1);
    }

    private static (int[] Codes, IReadOnlyList<string> Labels) StrataOf(ModelFrame frame, PersonOptions options)
    {
        if (options.StrataGrouping is not { } name)
        {
            return (new int[frame.Rows], [string.Empty]);
        }

        var column = (FactorColumn)frame.Auxiliary(name);
        return (column.Codes.ToArray(), column.Levels);
    }

    private static (int[] Row, double[] Response, double[] Weight, bool Expanded) Expand(
        ModelFrame frame, double[] counts, PersonOptions options)
    {
        var (binomial, whole, total) = (options.Family == Family.Binomial, true, 0.0);
        for (var row = 0; row < counts.Length; row++)
        {
            whole &= IsWhole(counts[row]) && (!binomial || IsWhole(counts[row] * frame.Response[row]));
            total += counts[row];
        }

        if (!whole)
        {
            return ([.. Enumerable.Range(0, counts.Length)], frame.Response.ToArray(), counts, false);
        }

        if (total > options.Tolerances.MostPersons)
        {
            throw new InputException(FormattableString.Invariant(
                $"The rows stand for {total:#,0} persons; a trial by person may have {options.Tolerances.MostPersons:#,0}."))
            {
                Hint = "Fit the model with margcond gee, which does not need the persons.",
            };
        }

        var (rows, response, next) = (new int[(int)Math.Round(total)], new double[(int)Math.Round(total)], 0);
        for (var row = 0; row < counts.Length; row++)
        {
            var size = (int)Math.Round(counts[row]);
            var events = binomial ? (int)Math.Round(counts[row] * frame.Response[row]) : 0;
            for (var k = 0; k < size; k++, next++)
            {
                rows[next] = row;
                response[next] = !binomial ? frame.Response[row] : k < events ? 1 : 0;
            }
        }

        var ones = new double[rows.Length];
        Array.Fill(ones, 1);
        return (rows, response, ones, true);
    }

    private static bool IsWhole(double value) => Math.Abs(value - Math.Round(value)) <= Rounding * Math.Max(1, value);

    private static void RequireCells(
        int[] arm, IReadOnlyList<string> levels, int[] stratum, IReadOnlyList<string> labels, PersonOptions options)
    {
        var seen = new bool[levels.Count * labels.Count];
        for (var row = 0; row < arm.Length; row++)
        {
            seen[(stratum[row] * levels.Count) + arm[row]] = true;
        }

        var empty = Array.IndexOf(seen, false);
        if (empty < 0)
        {
            return;
        }

        var (level, label) = (levels[empty % levels.Count], labels[empty / levels.Count]);
        throw options.Strata.Count == 0
            ? new InputException($"Nobody has {options.Treatment} = {level}.")
            : new InputException($"Stratum {label} of {options.StrataGrouping} has nobody with {options.Treatment} = {level}: the mean of "
                + $"that arm in that stratum is not known.")
            {
                Hint = "Join small strata, or leave out --strata.",
            };
    }
}
