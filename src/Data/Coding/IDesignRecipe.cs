namespace MarginalConditional.Data.Coding;

/// <summary>Knows how a frame's design was coded, and codes it again under other values: standardization and prediction need it.</summary>
public interface IDesignRecipe
{
    /// <summary>The design of the frame's rows, in the frame's order, with one variable set to a value everywhere.</summary>
    /// <param name="variable">A column of the data that the formula uses.</param>
    /// <param name="value">A level of a factor, or a number in invariant notation.</param>
    DesignMatrix With(string variable, string value);

    /// <summary>The design of the frame's rows with several variables set at once.</summary>
    /// <param name="settings">Variables and their values, as for one.</param>
    DesignMatrix With(IReadOnlyList<(string Variable, string Value)> settings);

    /// <summary>The levels of a factor, or the distinct values of a numeric variable in ascending order, in invariant notation.</summary>
    IReadOnlyList<string> LevelsOf(string variable);

    /// <summary>Whether the variable is coded as categories.</summary>
    bool IsFactor(string variable);
}
