namespace MarginalConditional.Meta.Effects;

/// <summary>The sentences about studies that a zero count concerns.</summary>
internal static class StudyNotes
{
    /// <summary>What was done about zeros.</summary>
    /// <param name="corrected">The number of studies with a correction.</param>
    /// <param name="kept">The number of studies kept.</param>
    /// <param name="empty">Among those kept the number without events, or with
    /// nothing but events, in both arms; 0 if the measure is a difference.</param>
    /// <param name="leftOut">The number of such studies left out.</param>
    /// <param name="addition">The constant added.</param>
    public static IReadOnlyList<string> OfZeros(int corrected, int kept, int empty, int leftOut, double addition)
    {
        List<string> notes = [];
        if (corrected > 0)
        {
            notes.Add(FormattableString.Invariant($"{addition} was added to every count of {corrected} of {Studies(kept)}; the exact ")
                + FormattableString.Invariant($"model (--method exact) needs no such correction."));
        }

        if (empty > 0)
        {
            notes.Add($"{Studies(empty)} {(empty == 1 ? "has" : "have")} no event (or nothing but events) in either arm; what "
                + $"{(empty == 1 ? "it contributes" : "they contribute")} comes from the correction alone (--drop-double-zero leaves "
                + $"{(empty == 1 ? "it" : "them")} out).");
        }

        if (leftOut > 0)
        {
            notes.Add(
                $"{Studies(leftOut)} with no event (or nothing but events) in either arm {(leftOut == 1 ? "was" : "were")} left out.");
        }

        return notes;
    }

    /// <summary>Says that studies were left out of an exact model; nothing for none.</summary>
    public static IEnumerable<string> OfUninformative(int count) => count == 0
        ? []
        : [$"{Studies(count)} with no event (or nothing but events) in both arms {(count == 1 ? "says" : "say")} nothing about the ratio "
            + $"and {(count == 1 ? "was" : "were")} left out."];

    private static string Studies(int count) => FormattableString.Invariant($"{count} {(count == 1 ? "study" : "studies")}");
}
