using System.Collections.Generic;
using System.Text;
using Sharptables.Hints;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>sharptables manual</c>: shows or installs the manual pages.</summary>
internal static partial class ManualProgram
{
    private static readonly ProgramOption[] s_options =
    [
        new(
            'a', "all", "folder",
            "Writes every page into a folder of the manual, such as /usr/share/man: in man8 and man1, with links for further names."),
        new('r', "roff", summary: "Writes the page as man(1) reads it."),
        Terminal.ColorOption,
        new('h', "help", summary: "Shows its options."),
    ];

    public static int Run(Invocation invocation)
    {
        try
        {
            return Run(new OptionReader(invocation, s_options));
        }
        catch (OptionException e)
        {
            new ErrorReport("sharptables manual").Print(e);
            return 2;
        }
        catch (KernelException e)
        {
            return Fail($"sharptables manual: {KernelErrors.Text(e)}", 1);
        }
    }

    private static int Run(OptionReader reader)
    {
        Output output = new(StandardStreams.Output);
        string? folder = null;
        bool isRoff = false;
        byte[]? color = null;
        for (char option; (option = reader.Next()) != '\0';)
        {
            if (option == 'h')
            {
                ProgramHelp.Write(Describe(Family.IPv4), "sharptables manual", output);
                output.Flush();
                return 0;
            }

            isRoff |= option == 'r';
            color = option == Terminal.ColorOption.Letter ? reader.Value : color;
            folder = option == 'a' ? Encoding.Latin1.GetString(reader.Value!) : folder;
        }

        List<ManualPageEntry> pages = ManualPages.All();
        ManualEdition edition = new(OwnVersion.Text, OwnVersion.Date);
        if (folder is not null)
        {
            return reader.Operands.Count == 0 ? WriteAll(pages, edition, folder) : Fail("sharptables manual: --all takes no names", 2);
        }

        if (reader.Operands.Count == 0)
        {
            List(pages, output);
        }
        else
        {
            string name = string.Join(' ', reader.Operands.ConvertAll(static word => MessageText.Of(word)));
            if (pages.Find(page => page.IsNamed(name)) is not { } page)
            {
                string? meant = Nearest.To(name, pages.ConvertAll(static page => page.Description.Name));
                new ErrorReport("sharptables manual").Print(new OptionException($"sharptables manual: there is no page \"{name}\"; without a name, it lists them")
                {
                    Hint = meant is null ? null : $"Did you mean \"{meant}\"?",
                });
                return 2;
            }

            bool hasColor = Terminal.HasColor(color);
            Output roff = isRoff ? output : new Output(Output.Kept);
            ManualPages.Write(page, edition, roff);
            if (!isRoff)
            {
                Terminal.Page(new PageText(hasColor).Show(Encoding.UTF8.GetString(roff.Written)));
            }
        }

        output.Flush();
        return 0;
    }

    private static void List(List<ManualPageEntry> pages, Output output)
    {
        foreach (ManualPageEntry page in pages)
        {
            string names = string.Join(", ", [page.Description.Name, .. page.Twins]);
            output.Write($"{names} ({page.Description.ManualSection}) - {page.Description.Summary}\n");
        }
    }

    private static int WriteAll(List<ManualPageEntry> pages, ManualEdition edition, string folder)
    {
        string path = folder;
        try
        {
            foreach (ManualPageEntry page in pages)
            {
                string section = $"{folder}/man{page.Description.ManualSection}";
                path = section;
                Folder.Make(Bytes(section));
                string file = page.FileNamed(page.Description.Name);
                path = $"{section}/{file}";
                Write(page, edition, path);
                foreach (string other in (List<string>)[.. page.Twins, .. page.Links])
                {
                    path = $"{section}/{page.FileNamed(other)}";
                    Folder.Link(Bytes(path), Bytes(file));
                }
            }
        }
        catch (KernelException e)
        {
            return Fail($"sharptables manual: cannot write {MessageText.Of(Bytes(path))}: {e.Message}", 1);
        }

        return 0;
    }

    private static void Write(ManualPageEntry page, ManualEdition edition, string path)
    {
        int descriptor = FileDescriptor.Create(Bytes(path));
        Output output = new(descriptor);
        ManualPages.Write(page, edition, output);
        output.Flush();
        FileDescriptor.Close(descriptor);
    }

    /// <summary>The bytes of a path that holds one character for each byte, since it need not be UTF-8.</summary>
    private static byte[] Bytes(string path) => Encoding.Latin1.GetBytes(path);

    private static int Fail(string message, int status)
    {
        Output errors = new(StandardStreams.Error);
        errors.Write($"{message}\n");
        errors.Flush();
        return status;
    }
}
