using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Text;
using Sharptables.Kernel;

namespace Sharptables.Tests.Extensions;

/// <summary>What a type that mirrors a kernel struct looks like in memory, in .NET and in C.</summary>
internal static class KernelLayout
{
    /// <summary>Every type marked with <see cref="KernelStructAttribute"/>, by its full name.</summary>
    public static IReadOnlyDictionary<string, Type> Types { get; } =
        ((Assembly[])[typeof(KernelStructAttribute).Assembly, Assembly.Load("Sharptables")])
            .Distinct()
            .SelectMany(static a => a.GetTypes())
            .Where(static t => t.GetCustomAttribute<KernelStructAttribute>() is not null)
            .ToDictionary(static t => t.FullName!);

    /// <summary>One line for the size and one for each public field: C member, offset, size.</summary>
    public static string InDotNet(Type type)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"(whole) 0 {SizeOf(type)}\n");
        foreach ((FieldInfo field, string member) in Members(type))
        {
            string size = IsCompound(field.FieldType) ? "" : SizeOf(field.FieldType).ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{member} {OffsetOf(type, field)} {size}\n");
        }

        return text.ToString();
    }

    /// <summary>The same as a C compiler has it over the UAPI header.</summary>
    public static string InC(Type type)
    {
        KernelStructAttribute kernel = type.GetCustomAttribute<KernelStructAttribute>()!;
        StringBuilder source = new("#include <limits.h>\n#include <stddef.h>\n#include <stdio.h>\n");
        source.Append("#include <netinet/in.h>\n#include <net/if.h>\n");
        source.Append(CultureInfo.InvariantCulture, $"#include <{kernel.Header}>\ntypedef {kernel.Name} T;\nint main(void) {{\n");
        source.Append("printf(\"(whole) 0 %zu\\n\", sizeof(T));\n");
        foreach ((FieldInfo field, string member) in Members(type))
        {
            source.Append(IsCompound(field.FieldType)
                ? $"printf(\"{member} %zu \\n\", offsetof(T, {member}));\n"
                : $"printf(\"{member} %zu %zu\\n\", offsetof(T, {member}), sizeof(((T *)0)->{member}));\n");
        }

        source.Append("return 0; }\n");
        string folder = Directory.CreateTempSubdirectory("sharptables-layout-").FullName;
        try
        {
            string program = Path.Combine(folder, "layout");
            File.WriteAllText(program + ".c", source.ToString());
            Run("gcc", "-O0", "-o", program, program + ".c");
            return Run(program);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<(FieldInfo Field, string Member)> Members(Type type) => type
        .GetFields(BindingFlags.Instance | BindingFlags.Public)
        .Select(static f => (f, f.GetCustomAttribute<KernelFieldAttribute>()?.Path ?? SnakeCase(f.Name)))
        .Where(static f => f.Item2.Length > 0);

    /// <summary>Whether a field stands for several C members, as a mark and its mask: only where it begins can be compared.</summary>
    private static bool IsCompound(Type type) =>
        type is { IsValueType: true, IsPrimitive: false, IsEnum: false }
        && type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Length > 1;

    private static string SnakeCase(string name) =>
        string.Concat(name.Select(static (c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));

    private static int SizeOf(Type type) => Emit(il => il.Emit(OpCodes.Sizeof, type));

    private static int OffsetOf(Type type, FieldInfo field) => Emit(il =>
    {
        // The address of the field of a local less the address of the local: true for every struct, whatever marshalling thinks of it.
        LocalBuilder local = il.DeclareLocal(type);
        il.Emit(OpCodes.Ldloca, local);
        il.Emit(OpCodes.Ldflda, field);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Ldloca, local);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Conv_I4);
    });

    private static int Emit(Action<ILGenerator> body)
    {
        DynamicMethod method = new("layout", typeof(int), [], typeof(KernelLayout).Module, skipVisibility: true);
        ILGenerator il = method.GetILGenerator();
        body(il);
        il.Emit(OpCodes.Ret);
        return ((Func<int>)method.CreateDelegate(typeof(Func<int>)))();
    }

    private static string Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed:\n{errors}");
    }
}
