using System.Text.RegularExpressions;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Descriptions;

/// <summary>Columns of numbers that may be events of a total, an exposure, or hard to bend: what a formula has to say of them.</summary>
internal static partial class PairCautions
{
    /// <summary>Chance below which it is no accident that one column is never above another.</summary>
    private const double Accident = 0.01;

    /// <summary>More columns of counts are not held against each other.</summary>
    private const int MostCounts = 24;

    /// <summary>Fewer values than this are not bent by splines.</summary>
    private const int FewestBent = 6;

    /// <summary>What is to be said.</summary>
    /// <param name="data">The table.</param>
    /// <param name="roles">Columns that are clusters, visits or arms.</param>
    /// <param name="digests">Those of the columns of numbers.</param>
    internal static IEnumerable<string> Of(Dataset data, string?[] roles, IReadOnlyDictionary<NumericColumn, ValueDigest> digests)
    {
        NumericColumn[] numbers =
        [
            .. data.Columns.OfType<NumericColumn>().Where(column => !roles.Contains(column.Name, StringComparer.Ordinal)),
        ];
        return
        [
            .. Totals(numbers, digests),
            .. numbers.SelectMany(column => Exposure(column, digests[column]).Concat(Knots(column.Name, digests[column]))),
        ];
    }

    /// <summary>Counts that are never above another column: events and their totals.</summary>
    private static IEnumerable<string> Totals(NumericColumn[] numbers, IReadOnlyDictionary<NumericColumn, ValueDigest> digests)
    {
        var counts = numbers.Where(IsCount).Take(MostCounts).ToArray();
        var totals = counts.Where(column => !digests[column].AreConsecutive).ToArray();
        foreach (var events in counts)
        {
            if (totals.Where(column => AreEventsOf(events, column)).MinBy(Sum) is { } total)
            {
                var (some, all) = (events.Name, total.Name);
                yield return $"{some} is never above {all}: events of a total are written {some} / {all} on the left of a formula (in meta "
                    + $"{some}/{all}, not {some},{all}); --weights {all} beside it says the same, not more, and with --family poisson it "
                    + "is a rate.";
            }
        }
    }

    private static bool IsCount(NumericColumn column)
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in column.Values)
        {
            if (!double.IsNaN(value) && (value < 0 || value != Math.Floor(value)))
            {
                return false;
            }

            (least, most) = (Math.Min(least, double.IsNaN(value) ? least : value), Math.Max(most, double.IsNaN(value) ? most : value));
        }

        return most > 1 && most > least;
    }

    /// <summary>
    /// Whether no row contradicts it, some row is below, and it is no accident: the total is called one, or rows put together by chance
    /// would have contradicted it.
    /// </summary>
    private static bool AreEventsOf(NumericColumn events, NumericColumn total)
    {
        CancellationScope.Check();
        if (ReferenceEquals(events, total) || IsTotal(events.Name))
        {
            return false;
        }

        var (rows, below) = (0, 0);
        for (var i = 0; i < events.Values.Length; i++)
        {
            if (double.IsNaN(events.Values[i]) || double.IsNaN(total.Values[i]))
            {
                continue;
            }

            if (events.Values[i] > total.Values[i])
            {
                return false;
            }

            rows++;
            below += events.Values[i] < total.Values[i] ? 1 : 0;
        }

        return below > 0
            && (IsTotal(total.Name)
                || (!Names(total, events)
                    && WholeCodes.Of(total.Values).Length == 0
                    && Math.Pow(ShareByChance(events, total), rows) < Accident));
    }

    /// <summary>Whether a column that has values twice says of each what the other is: names of persons say their sites.</summary>
    private static bool Names(NumericColumn names, NumericColumn others)
    {
        var known = new Dictionary<double, double>();
        var again = false;
        foreach (var (name, other) in names.ValuesArray.Zip(others.ValuesArray))
        {
            if (double.IsFinite(name) && double.IsFinite(other) && !known.TryAdd(name, other))
            {
                again = true;
                if (known[name] != other)
                {
                    return false;
                }
            }
        }

        return again;
    }

    /// <summary>The share of all pairs of values, each of any row, in which the first is not above the second.</summary>
    private static double ShareByChance(NumericColumn events, NumericColumn total)
    {
        var (sorted, first) = (Sorted(total), Sorted(events));
        var (place, pairs) = (0, 0.0);
        foreach (var value in first)
        {
            while (place < sorted.Length && sorted[place] < value)
            {
                place++;
            }

            pairs += sorted.Length - place;
        }

        return pairs / ((double)first.Length * sorted.Length);
    }

    private static double[] Sorted(NumericColumn column)
    {
        double[] values = [.. column.ValuesArray.Where(double.IsFinite)];
        Array.Sort(values);
        return values;
    }

    private static double Sum(NumericColumn column) => column.ValuesArray.Where(double.IsFinite).Sum();

    private static bool IsTotal(string name) => TotalNames().IsMatch(name);

    /// <summary>A column named as an exposure.</summary>
    private static IEnumerable<string> Exposure(NumericColumn column, ValueDigest digest)
    {
        var values = column.ValuesArray;
        if (ExposureNames().IsMatch(column.Name) && !values.Any(value => value < 0) && values.Any(value => value > 0)
            && WholeCodes.Of(values).Length == 0 && digest.Distinct > 1)
        {
            var zeros = values.Count(value => value == 0);
            yield return $"{column.Name} is named as an exposure: with a log link its offset is --offset \"log({column.Name})\", not "
                + $"{column.Name}{(zeros == 0 ? "." : FormattableString.Invariant($", and where it is 0 ({Rows(zeros)}) there is none."))}";
        }
    }

    private static string Rows(int count) => count == 1 ? "one row" : FormattableString.Invariant($"{count} rows");

    /// <summary>A column where knots at quantiles fall together with its ends.</summary>
    private static IEnumerable<string> Knots(string name, ValueDigest digest)
    {
        if (digest.Distinct < FewestBent || digest.AreWhole)
        {
            yield break;
        }

        var (lower, upper) = digest.Thirds;
        var end = lower == digest.Least[0] ? lower : upper == digest.Greatest ? upper : double.NaN;
        if (!double.IsNaN(end))
        {
            yield return $"{name} is {NumberLabel.Of(end)} in a third of the rows or more: knots that ns({name}, 3) and "
                + $"bs({name}, 5) put at quantiles fall on its end there; name them with knots = c(...).";
        }
    }

    [GeneratedRegex(
        "^(?:n|size|total|totals|trials|tr|denominator|denom|at_?risk|n_?[a-z0-9]{1,3})$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TotalNames();

    [GeneratedRegex(
        "^(?:expo|exposure|person_?(?:time|years|days|months)|pyears|py|fu_?time|follow_?up(?:_?time)?|(?:years|time)_?at_?risk)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExposureNames();
}
